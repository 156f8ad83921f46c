"""How often do the intervals of the board cover the truth? Simulated songs, other intervals, and the tables of both."""
