// Glue only: the words after the program's name in, the exit code out. The commands are listed in Command+All.swift.

import Glibc

exit(Program.run(Array(Arguments.all.dropFirst())))
