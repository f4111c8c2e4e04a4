import Glibc

// What can't be timed from outside the daemon. `run.sh` calls it.

let arguments = CommandLine.arguments.dropFirst()
guard arguments.first == "evaluate", let evaluate = Evaluate(arguments.dropFirst()) else {
  print("usage: Benchmarks evaluate LEDGER RULES REGISTER RUNS ANSWERS")
  exit(2)
}
try evaluate.run()
