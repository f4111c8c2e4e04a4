import Glibc

// What can't be timed from outside the daemon. `run.sh` calls it.

let arguments = CommandLine.arguments.dropFirst()
switch arguments.first {
case "evaluate": try Evaluate(arguments.dropFirst())?.run() ?? usage()
case "check": try Check(arguments.dropFirst())?.run() ?? usage()
default: usage()
}

func usage() -> Never {
  print("usage: Benchmarks evaluate LEDGER RULES REGISTER RUNS ANSWERS\n       Benchmarks check RULES RUNS")
  exit(2)
}
