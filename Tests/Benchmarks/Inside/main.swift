import Glibc

// What can't be timed from outside the daemon. `run.sh` calls it.

let arguments = CommandLine.arguments.dropFirst()
if arguments.first == "evaluate", let evaluate = Evaluate(arguments.dropFirst()) {
  try evaluate.run()
} else if arguments.first == "check", let check = Check(arguments.dropFirst()) {
  try check.run()
} else if arguments.first == "replay", let replay = Replaying(arguments.dropFirst()) {
  try replay.run()
} else {
  print("usage: Benchmarks evaluate LEDGER RULES REGISTER RUNS ANSWERS")
  print("       Benchmarks check RULES RUNS")
  print("       Benchmarks replay RULES ORGANISATIONS MONTHS")
  exit(2)
}
