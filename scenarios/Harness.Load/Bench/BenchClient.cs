namespace Harness.Load.Bench;

/// <summary>Something that sends requests over 64 connections as fast as they are answered.</summary>
internal abstract class BenchClient(string name, double? goal, double? bytesGoal)
{
    public const int Connections = 64;

    public string Name => name;

    /// <summary>The client-CPU : server-CPU ratio it may have, in wrk's; null when nothing is promised.</summary>
    public double? Goal => goal;

    /// <summary>What it may allocate a request.</summary>
    public double? BytesGoal => bytesGoal;

    /// <summary>Starts it; it runs until it is disposed.</summary>
    public abstract Task<IBenchLoad> StartAsync(Uri url);
}

/// <summary>A client at work.</summary>
internal interface IBenchLoad : IAsyncDisposable
{
    /// <summary>Processor time so far.</summary>
    TimeSpan Cpu { get; }

    /// <summary>Bytes allocated so far; null when nobody can tell.</summary>
    long? AllocatedBytes { get; }
}

/// <summary>A program of others.</summary>
internal sealed class ForeignClient(string name, string program, Func<Uri, string[]> arguments) : BenchClient(name, null, null)
{
    public override Task<IBenchLoad> StartAsync(Uri url) => Task.FromResult<IBenchLoad>(new Running(HeldProcess.Start(program, arguments(url))));

    /// <summary>Those that are installed.</summary>
    public static IEnumerable<BenchClient> Installed()
    {
        // Longer than any measurement: it is ended when that is over.
        if (HeldProcess.Find("wrk") is { } wrk)
            yield return new ForeignClient("wrk", wrk, url => ["-t1", $"-c{Connections}", "-d600s", url.AbsoluteUri]);
        if (HeldProcess.Find("hey") is { } hey)
            yield return new ForeignClient("hey", hey, url => ["-c", $"{Connections}", "-z", "600s", url.AbsoluteUri]);
    }

    private sealed class Running(HeldProcess process) : IBenchLoad
    {
        public TimeSpan Cpu => process.Cpu;

        public long? AllocatedBytes => null;

        public ValueTask DisposeAsync()
        {
            process.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

/// <summary>This engine with one of its lanes: scheduling, recording, outcome and one step included.</summary>
internal sealed class OwnClient(string name, double? goal, double? bytesGoal, Func<Uri, ScenarioProps> scenario)
    : BenchClient(name, goal, bytesGoal)
{
    public override Task<IBenchLoad> StartAsync(Uri url) => Task.FromResult<IBenchLoad>(new Running(scenario(url)));

    private sealed class Running : IBenchLoad
    {
        private readonly CancellationTokenSource _end = new();
        private readonly Task<LoadResult> _running;

        public Running(ScenarioProps scenario)
        {
            _running = LoadRunner.RegisterScenarios(
                scenario.WithLoadSimulations(Simulation.KeepConstant(Connections, TimeSpan.FromMinutes(10)))).RunAsync(_end.Token);
        }

        public TimeSpan Cpu => Environment.CpuUsage.TotalTime;

        public long? AllocatedBytes => GC.GetTotalAllocatedBytes();

        public async ValueTask DisposeAsync()
        {
            await _end.CancelAsync();
            LoadResult result = await _running;
            _end.Dispose();
            ScenarioInterval total = result.Scenarios[0].Total;
            if (total.Ok == 0 || total.Refused + total.Unknown > 0)
                throw new InvalidOperationException($"A measurement had {total.Ok} answers and {total.Refused + total.Unknown} failures: {string.Join(", ", total.Errors.Keys)}.");
        }
    }
}
