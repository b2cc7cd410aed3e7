"""How large a file may be; beyond these it is a mistake or an attack, not a clerk's table."""

MAX_FILE_BYTES = 100 * 1024 * 1024
MAX_UNPACKED_BYTES = 400 * 1024 * 1024
# Sheets full of empty formatted cells pack about 30 : 1; real text far less.
MAX_RATIO = 300
RATIO_FREE_BYTES = 20 * 1024 * 1024
MAX_PARTS = 20_000

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384
MAX_CELLS = 2_000_000
MAX_CHARACTERS = 150_000_000
MAX_MERGE_ROWS = 5_000_000
# Longer runs of empty rows inside a sheet are shortened: they say nothing and cost time.
MAX_EMPTY_RUN = 100
