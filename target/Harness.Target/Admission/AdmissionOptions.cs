namespace Harness.Target.Admission;

/// <summary>How much a service takes on at once. Beyond it, it says 503 and when to come again, at once and at little cost: what it has accepted it still does in time.</summary>
public sealed record AdmissionOptions
{
    /// <value>Requests of all kinds that may be open at once in a service, health, metrics and audits not counted. 1 to 100 000, default 2048.</value>
    public int RequestsMax { get; init; } = 2048;

    /// <value>Orders that may be on their way into the database at once. 1 to 10 000, default 256.</value>
    public int PlacingMax { get; init; } = 256;

    /// <value>Orders are refused while those that wait would take longer than this to settle at the present rate. 100 ms to a day, default 5 s.</value>
    public TimeSpan SettleWithin { get; init; } = TimeSpan.FromSeconds(5);

    /// <value>Orders that may wait however slowly they settle. 0 to 10 000 000, default 1000.</value>
    public int BacklogMin { get; init; } = 1000;

    /// <value>
    /// Orders that may wait at most, even while nothing settles because a dependency is cut: then waiting is no overload, and they settle when it is
    /// back. 1 to 10 000 000, default 100 000.
    /// </value>
    public int BacklogMax { get; init; } = 100_000;
}
