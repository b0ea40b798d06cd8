using Harness.Chaos.Environments;
using Harness.Toxiproxy;

namespace Harness.Chaos.Tests.Control;

/// <summary>An environment of parts that only note what is done to them.</summary>
internal sealed class HandledEnvironment : IRunningEnvironment
{
    public HandledPart Orders { get; } = new("orders");

    public HandledPart Payments { get; } = new("payments");

    public IReadOnlyList<Edge> Edges => [];

    public ToxiproxyClient Proxies => throw new InvalidOperationException("It has no edges.");

    public Uri ProxyApi => throw new InvalidOperationException("It has no edges.");

    public IReadOnlyList<RunningService> Services => [];

    public IReadOnlyList<IRunningPart> Parts => [Orders, Payments];

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>A part of it.</summary>
internal sealed class HandledPart(string name) : IRunningPart
{
    public string Name => name;

    public IReadOnlyList<int> Processes => [];

    /// <summary>Whether it runs.</summary>
    public bool IsUp { get; private set; } = true;

    /// <summary>Completes before it goes down; a fault of it is thrown.</summary>
    public Task Killing { get; set; } = Task.CompletedTask;

    /// <summary>Completes before it comes up again; a fault of it is thrown.</summary>
    public Task Starting { get; set; } = Task.CompletedTask;

    public async Task<int> KillAsync()
    {
        await Killing;
        IsUp = false;
        return 1;
    }

    public Task<int> StopAsync() => KillAsync();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Starting.WaitAsync(cancellationToken);
        IsUp = true;
    }
}
