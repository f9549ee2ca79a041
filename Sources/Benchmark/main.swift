// Glue only: arguments in, the table out. The figures are listed in Run.swift.

import Glibc

exit(Run.main(Array(CommandLine.arguments.dropFirst())))
