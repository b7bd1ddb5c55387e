//! The one clock and the one die: nothing else in the program asks the time or draws randomness.
