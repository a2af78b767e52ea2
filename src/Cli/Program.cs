using Actors.Cli;

return await CommandLine.RunAsync(args, Terminal.OfProcess());
