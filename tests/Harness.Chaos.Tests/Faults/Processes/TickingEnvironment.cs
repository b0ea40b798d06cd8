using Harness.Chaos.Environments;
using Harness.Toxiproxy;

namespace Harness.Chaos.Tests.Faults.Processes;

/// <summary>An environment of one real process with a child of its own, which writes a line whenever it gets to run.</summary>
internal sealed class TickingEnvironment : IRunningEnvironment
{
    public const string PartName = "ticker";

    // Ends with its input, as every part of ours does.
    private const string Script = "exec 3<&0; (while :; do echo tick; sleep 0.02; done) 3<&- & cat <&3 >/dev/null; kill $!";

    private readonly string _log = Path.Combine(Path.GetTempPath(), $"harness-test-{Guid.NewGuid():N}.log");
    private readonly OrderSystemPart _part;

    private TickingEnvironment() =>
        _part = new OrderSystemPart(PartName, () => ChildProcess.Start(PartName, ["/bin/sh", "-c", Script], _log), (_, token) => TickAsync(token));

    public IReadOnlyList<Edge> Edges => [];

    public ToxiproxyClient Proxies => throw new InvalidOperationException("It has no edges.");

    public Uri ProxyApi => throw new InvalidOperationException("It has no edges.");

    public IReadOnlyList<RunningService> Services => [];

    public IReadOnlyList<IRunningPart> Parts => [_part];

    public static async Task<TickingEnvironment> StartAsync()
    {
        var environment = new TickingEnvironment();
        await environment._part.StartAsync(TestContext.Current.CancellationToken);
        return environment;
    }

    /// <summary>Lines so far.</summary>
    public int Ticks
    {
        get
        {
            using var reader = new StreamReader(new FileStream(_log, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite));
            return reader.ReadToEnd().Count(letter => letter == '\n');
        }
    }

    /// <summary>Waits for another line.</summary>
    public async Task TickAsync(CancellationToken cancellationToken)
    {
        for (int before = Ticks; Ticks == before;)
            await Task.Delay(10, cancellationToken);
    }

    /// <summary>How many lines come in that time.</summary>
    public async Task<int> TicksInAsync(TimeSpan time)
    {
        int before = Ticks;
        await Task.Delay(time, TestContext.Current.CancellationToken);
        return Ticks - before;
    }

    public async ValueTask DisposeAsync()
    {
        await _part.DisposeAsync();
        File.Delete(_log);
    }
}
