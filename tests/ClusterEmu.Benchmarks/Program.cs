using BenchmarkDotNet.Running;

// dotnet run -c Release --project tests/ClusterEmu.Benchmarks -- --filter '*Json*'
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
