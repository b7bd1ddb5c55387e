// Paints the shapes of a drawing as pixels, each as dark as it is covered. A renderer smooths edges a little otherwise.

// Pixels along a side, and to a unit of the drawing.
export const PIXELS = 1200;
const PER_UNIT = 2;
// Pieces of a curve: letters are small.
const PIECES = 6;
// How far from a corner its round edge's control points are, of the radius: an ellipse as four cubic curves.
const ROUND = 0.5522847498;

const COMMAND = /([mlqz])((?:-?[\d.]+ ?)*)/g;

// The polygons of an outline, in pixels.
const polygonsOf = ({ outline, at: [left, top], scale }) => {
    const polygons = [];
    let [x, y, startX, startY, polygon] = [0, 0, 0, 0, []];
    const put = (a, b) => polygon.push([(left + a * scale) * PER_UNIT, (top - b * scale) * PER_UNIT]);
    for (const [, command, numbers] of outline.matchAll(COMMAND)) {
        const [a, b, c, d] = (numbers.match(/-?[\d.]+/g) ?? []).map(Number);
        if (command === "z") {
            polygons.push(polygon);
            [x, y] = [startX, startY];
        } else if (command === "m") {
            [x, y, polygon] = [x + a, y + b, []];
            [startX, startY] = [x, y];
            put(x, y);
        } else if (command === "l") {
            [x, y] = [x + a, y + b];
            put(x, y);
        } else {
            for (let piece = 1; piece <= PIECES; piece++) {
                const t = piece / PIECES;
                const [first, second] = [2 * t * (1 - t), t * t];
                put(x + first * a + second * c, y + first * b + second * d);
            }
            [x, y] = [x + c, y + d];
        }
    }
    return polygons;
};

// A rectangle with round corners, `grown` larger on all sides, as a polygon in pixels.
const roundedPolygon = ([x, y, width, height], radius, grown = 0) => {
    const [left, top] = [x - grown, y - grown];
    const [right, bottom] = [x + width + grown, y + height + grown];
    const r = Math.max(Math.min(radius, width / 2, height / 2) + grown, 0);
    const corner = (fromX, fromY, toX, toY, cornerX, cornerY) => Array.from({ length: PIECES + 1 }, (_, piece) => {
        const t = piece / PIECES;
        const near = (from, edge) => from + (edge - from) * ROUND;
        const curve = (a, b, c, d) => (1 - t) ** 3 * a + 3 * t * (1 - t) ** 2 * b + 3 * t * t * (1 - t) * c + t ** 3 * d;
        return [
            curve(fromX, near(fromX, cornerX), near(toX, cornerX), toX) * PER_UNIT,
            curve(fromY, near(fromY, cornerY), near(toY, cornerY), toY) * PER_UNIT,
        ];
    });
    return [
        ...corner(right - r, top, right, top + r, right, top),
        ...corner(right, bottom - r, right - r, bottom, right, bottom),
        ...corner(left + r, bottom, left, bottom - r, left, bottom),
        ...corner(left, top + r, left + r, top, left, top),
    ];
};

// How much of each pixel polygons cover, for the pixels around them: signed areas, summed along each row.
const coverageOf = (polygons) => {
    const points = polygons.flat();
    const bound = (axis, pick, least, most) =>
        Math.min(Math.max(pick(...points.map((point) => point[axis])), least), most);
    const left = Math.floor(bound(0, Math.min, 0, PIXELS));
    const top = Math.floor(bound(1, Math.min, 0, PIXELS));
    const wide = Math.ceil(bound(0, Math.max, 0, PIXELS)) - left;
    const high = Math.ceil(bound(1, Math.max, 0, PIXELS)) - top;
    const stride = wide + 2;
    const sums = new Float64Array(Math.max(stride * high, 0));
    const clampX = (x) => Math.min(Math.max(x - left, 0), wide);
    const edge = ([fromX, fromY], [toX, toY]) => {
        if (fromY === toY) return;
        const [sign, [x0, y0, x1, y1]] = fromY < toY ? [1, [fromX, fromY, toX, toY]] : [-1, [toX, toY, fromX, fromY]];
        const slope = (x1 - x0) / (y1 - y0);
        for (let row = Math.max(Math.floor(y0 - top), 0); row < Math.min(Math.ceil(y1 - top), high); row++) {
            const [upper, lower] = [Math.max(y0, top + row), Math.min(y1, top + row + 1)];
            const [a, b] = [upper, lower].map((y) => clampX(x0 + (y - y0) * slope)).sort((p, q) => p - q);
            const area = sign * (lower - upper);
            for (let column = Math.floor(a); column <= Math.floor(b); column++) {
                const [from, to] = [Math.max(a, column), Math.min(b, column + 1)];
                const share = b > a ? (to - from) / (b - a) : 1;
                const middle = (from + to) / 2 - column;
                sums[row * stride + column] += area * share * (1 - middle);
                sums[row * stride + column + 1] += area * share * middle;
            }
        }
    };
    for (const polygon of polygons) {
        polygon.forEach((point, at) => edge(point, polygon[(at + 1) % polygon.length]));
    }
    return { left, top, wide, high, stride, sums };
};

const coloursOf = (fill) => {
    const digits = fill.length === 4 ? [...fill.slice(1)].map((digit) => digit + digit) : fill.slice(1).match(/../g);
    return digits.map((pair) => parseInt(pair, 16));
};

const paintPolygons = (rgb, fill, polygons) => {
    if (!polygons.length) return;
    const colours = coloursOf(fill);
    const { left, top, wide, high, stride, sums } = coverageOf(polygons);
    for (let row = 0; row < high; row++) {
        let sum = 0;
        for (let column = 0; column < wide; column++) {
            sum += sums[row * stride + column];
            const cover = Math.min(Math.abs(sum), 1);
            if (cover < 1 / 512) continue;
            const at = ((top + row) * PIXELS + left + column) * 3;
            for (let part = 0; part < 3; part++) {
                rgb[at + part] = Math.round(rgb[at + part] * (1 - cover) + colours[part] * cover);
            }
        }
    }
};

// Red, green and blue of each pixel of a drawing, row by row.
export const paintShapes = (shapes) => {
    const rgb = new Uint8Array(PIXELS * PIXELS * 3).fill(255);
    for (const shape of shapes) {
        if (shape.outline !== undefined) {
            paintPolygons(rgb, shape.fill, polygonsOf(shape));
            continue;
        }
        const { box, radius = 0, fill, stroke } = shape;
        paintPolygons(rgb, fill, [roundedPolygon(box, radius)]);
        if (stroke) {
            const [outer, inner] = [0.75, -0.75].map((grown) => roundedPolygon(box, radius, grown));
            paintPolygons(rgb, stroke, [outer, inner.reverse()]);
        }
    }
    return rgb;
};
