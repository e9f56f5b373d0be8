using ClusterEmu.Cli.Commands;

return await CommandTree.RunAsync(args);
