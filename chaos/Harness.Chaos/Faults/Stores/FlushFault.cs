using Harness.Chaos.Environments;
using StackExchange.Redis;

namespace Harness.Chaos.Faults.Stores;

/// <summary>Everything in the server of cache and bus is gone at once, and with <see cref="Restart"/> its process too, which comes back empty.</summary>
public sealed record FlushFault : Fault
{
    /// <summary>Whether the process crashes after it, and is started again when the fault is healed.</summary>
    public bool Restart { get; init; }

    public override string Kind => FlushFaultKind.Word;

    public override IReadOnlyDictionary<string, string> Parameters => new Dictionary<string, string> { ["restart"] = Restart ? "yes" : "no" };

    public override string? Holds => Restart ? PartHold.Processes : null;

    public override IInjection Prepare(IRunningEnvironment environment, TimeProvider time) =>
        new Injection(environment, Restart ? environment.Parts.First(part => part.Name == StoreFields.Redis) : null);

    private sealed class Injection(IRunningEnvironment environment, IRunningPart? part) : RedisInjection(environment)
    {
        protected override async Task InjectAsync(IServer server, IDatabase database, CancellationToken runToken)
        {
            Evidence["keys flushed"] = await server.DatabaseSizeAsync();
            await server.FlushAllDatabasesAsync();
            if (part is not null)
                Evidence["processes killed"] = await part.KillAsync();
        }

        protected override Task HealAsync(IServer server, CancellationToken healToken) => part is null ? Task.CompletedTask : part.StartAsync(healToken);
    }
}

internal sealed class FlushFaultKind : IFaultKind
{
    public const string Word = "flush";

    public string Name => Word;

    public string Summary => "everything in the server of cache and bus is gone: restart (yes: it crashes too and comes back empty)";

    public Fault Read(FaultFields fields)
    {
        var fault = new FlushFault { Parts = fields.NeedsStore(StoreFields.Redis, "restart"), Restart = fields.Own.Choice("restart", "no", "yes") == "yes" };
        if (fault.Restart && fields.Environment.Stores.Contains(StoreFields.Redis) && !fields.Environment.Parts.Contains(StoreFields.Redis))
            fields.Own.Report("restart", $"the store of --env {fields.Environment.Name} is no process of this machine; --env local has one that is");
        return fault;
    }
}
