using Touchstage.Mcp.CommandLine;

return await new Cli(Terminal.OfProcess(), Verbs.All).RunAsync(args, CancellationToken.None);
