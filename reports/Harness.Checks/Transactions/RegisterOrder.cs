using Harness.Checks.Histories;
using Harness.Checks.Linearizability;
using Harness.Records;

namespace Harness.Checks.Transactions;

/// <summary>The order of one register's values as the clock shows it: of transactions that follow the clock, each register's part is
/// linearizable.</summary>
internal sealed class RegisterOrder
{
    private readonly Dictionary<string, Transaction> _writers = new(StringComparer.Ordinal);
    private readonly List<(string? Value, Zone Zone)> _zones;
    private readonly Witness? _contradiction;

    /// <param name="accesses">To one register, of which no value was written twice.</param>
    public RegisterOrder(RegisterAccess[] accesses)
    {
        foreach (RegisterAccess access in accesses.Where(a => a.Written is not null))
            _writers[access.Written!] = access.By;
        UniqueValueRegister.Judge(accesses.SelectMany(Operations), SequentialObject.Register, out _contradiction, out _zones);
    }

    /// <summary>Null when the values can be put in an order.</summary>
    public string? Contradiction => _contradiction?.Facts[0];

    public IEnumerable<ClientOperation> ShownBy(RegisterAccess[] accesses)
    {
        HashSet<(int, TimeSpan)> shown = [.. _contradiction!.Operations.Select(o => (o.Process, o.Invoked))];
        return accesses.Select(a => a.By.Source).Where(source => shown.Contains((source.Process, source.Invoked))).Distinct();
    }

    /// <summary>Values that were surely there, each with who wrote the next that surely was, and with those between them.</summary>
    public IEnumerable<(string? Earlier, Transaction Writer)> Successions()
    {
        if (_contradiction is not null)
            yield break;

        (string? Value, Zone Zone)[] forward = [.. _zones.Where(z => z.Zone.IsForward).OrderBy(z => z.Zone.Low)];
        TimeSpan[] lows = [.. forward.Select(z => z.Zone.Low)];
        foreach ((string? value, Zone zone) in _zones)
        {
            int next = FirstAfter(lows, zone.High);
            if (next < forward.Length && forward[next].Value != value && WriterOf(forward[next].Value) is { } writer)
                yield return (value, writer);

            // The last forward zone that was over before this one began.
            int last = FirstAfter(lows, zone.Low) - 1;
            while (last >= 0 && (forward[last].Zone.High >= zone.Low || forward[last].Value == value))
                last--;
            if (last >= 0 && WriterOf(value) is { } own)
                yield return (forward[last].Value, own);
        }
    }

    private Transaction? WriterOf(string? value) => value is null ? null : _writers.GetValueOrDefault(value);

    private static int FirstAfter(TimeSpan[] ascending, TimeSpan value)
    {
        int low = 0, high = ascending.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = ascending[middle] <= value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static IEnumerable<Operation> Operations(RegisterAccess access)
    {
        ClientOperation source = access.By.Source;
        if (access.Read is { } read)
            yield return new Operation(source.Process, "read", access.Key, read.Count == 0 ? null : read[0], source.Invoked, source.Completed, Outcome.Ok);
        if (access.Written is { } written)
            yield return new Operation(source.Process, "write", access.Key, written, source.Invoked, source.Completed, source.Outcome);
    }
}
