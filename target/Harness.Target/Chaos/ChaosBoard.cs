namespace Harness.Target.Chaos;

/// <summary>
/// What is wrong in this service at the moment. Each fault is a lease: it is over when it is taken away, or by itself soon after its holder
/// was last heard, so that a holder who was killed leaves a service that is well.
/// </summary>
/// <param name="time">The true clock, whatever a fault makes of it for others.</param>
public sealed class ChaosBoard(TimeProvider time, IServiceProvider services) : IHostedService, IAsyncDisposable
{
    /// <summary>After this without a word from its holder a fault is over.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(3);

    /// <summary>More are put on by mistake only.</summary>
    public const int Max = 64;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private readonly Lock _gate = new();
    private HeldFault[] _held = [];
    private ITimer? _looking;

    /// <summary>Whether nothing is wrong: what everything that can be put wrong looks at first.</summary>
    public bool IsQuiet => Volatile.Read(ref _held).Length == 0;

    public IReadOnlyList<HeldFault> Held => Volatile.Read(ref _held);

    /// <summary>Puts a fault in place, or holds it for another while when it is there already.</summary>
    /// <param name="name">What its holder calls it; another fault of that name is taken away first.</param>
    /// <returns>It; null when there are too many.</returns>
    public async Task<HeldFault?> HoldAsync(string name, ServiceFault fault)
    {
        HeldFault held;
        HeldFault? replaced = null;
        lock (_gate)
        {
            var there = _held.FirstOrDefault(one => one.Name == name);
            if (there is not null && there.Fault == fault)
            {
                there.RenewedAt = time.GetTimestamp();
                return there;
            }

            if (there is null && _held.Length >= Max)
                return null;
            replaced = there;
            held = new HeldFault(name, fault) { RenewedAt = time.GetTimestamp() };
            held.Effect = fault.Begin(held, services);
            Volatile.Write(ref _held, [.. _held.Where(one => one != there), held]);
        }

        await EndAsync(replaced);
        return held;
    }

    /// <summary>Takes a fault away; what it did is then still in it.</summary>
    /// <returns>Null when there is none of that name.</returns>
    public async Task<HeldFault?> TakeAwayAsync(string name)
    {
        var there = Remove(one => one.Name == name).FirstOrDefault();
        await EndAsync(there);
        return there;
    }

    /// <summary>The first fault of that kind that fits, or null.</summary>
    public HeldFault? Find<TFault>(Func<TFault, bool> fits)
        where TFault : ServiceFault => Array.Find(Volatile.Read(ref _held), held => held.Fault is TFault fault && IsHeld(held) && fits(fault));

    /// <summary>The one of that kind whose holder was heard last, or null.</summary>
    public HeldFault? Latest<TFault>(Func<TFault, bool> fits)
        where TFault : ServiceFault =>
        Volatile.Read(ref _held).Where(held => held.Fault is TFault fault && IsHeld(held) && fits(fault)).MaxBy(held => held.RenewedAt);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _looking = time.CreateTimer(_ => _ = EndAllAsync(Remove(held => !IsHeld(held))), null, LookEvery, LookEvery);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_looking is not null)
            await _looking.DisposeAsync();
        await EndAllAsync(Remove(_ => true));
    }

    public ValueTask DisposeAsync() => _looking?.DisposeAsync() ?? ValueTask.CompletedTask;

    private bool IsHeld(HeldFault held) => time.GetElapsedTime(held.RenewedAt) < Lease;

    private HeldFault[] Remove(Func<HeldFault, bool> which)
    {
        lock (_gate)
        {
            HeldFault[] gone = [.. _held.Where(which)];
            if (gone.Length > 0)
                Volatile.Write(ref _held, [.. _held.Except(gone)]);
            return gone;
        }
    }

    private static async Task EndAllAsync(HeldFault[] gone)
    {
        foreach (var held in gone)
            await EndAsync(held);
    }

    private static ValueTask EndAsync(HeldFault? held) => held?.Effect?.DisposeAsync() ?? ValueTask.CompletedTask;
}
