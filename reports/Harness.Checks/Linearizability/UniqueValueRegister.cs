using Harness.Records;

namespace Harness.Checks.Linearizability;

/// <summary>Decides linearizability of a register whose written values are all different, without any search.</summary>
/// <remarks>
/// <para>Gibbons and Korach (1997), theorem 4.1. The operations of a value make a zone between the end that came first and the begin
/// that came
/// last: forward when the value must have been there all the while, backward when it need have been there only for a moment. The history is
/// linearizable exactly when no value was read before it was written or without being written, no two forward zones overlap, and no
/// backward zone lies inside a forward one. O(n log n).</para>
/// <para>A crashed write that somebody read ends at infinity; one that nobody read is left out. The initial value was written before all
/// time.
/// Operations that merely touch are concurrent, so all comparisons are strict.</para>
/// </remarks>
internal sealed class UniqueValueRegister
{
    private const string InitialPlaceholder = "\0initial";
    private readonly Dictionary<string, Zone> _zones = new(StringComparer.Ordinal);
    private readonly SequentialObject _about;

    private UniqueValueRegister(SequentialObject about) => _about = about;

    /// <param name="operations">One key's, in any order.</param>
    /// <param name="about">A register.</param>
    /// <param name="witness">Shows a failure.</param>
    /// <returns>Unknown when the method does not apply: a value was written twice, or there are operations other than reads and
    /// writes.</returns>
    public static Verdict Judge(IEnumerable<Operation> operations, SequentialObject about, out Witness? witness) =>
        Judge(operations, about, out witness, out _);

    /// <summary>As the other, and says when each value was there; null stands for the initial one.</summary>
    public static Verdict Judge(
        IEnumerable<Operation> operations, SequentialObject about, out Witness? witness, out List<(string? Value, Zone Zone)> zones)
    {
        (witness, zones) = (null, []);
        var register = new UniqueValueRegister(about);
        foreach (Operation operation in operations)
        {
            if (!register.Add(operation))
                return Verdict.Unknown;
        }

        witness = register.FindContradiction();
        zones = [.. register._zones.Where(zone => zone.Value.Counts).Select(zone => (zone.Key == InitialPlaceholder ? null : zone.Key, zone.Value))];
        return witness is null ? Verdict.Pass : Verdict.Fail;
    }

    private bool Add(in Operation operation)
    {
        string value = operation.Value ?? InitialPlaceholder;
        bool isInitial = operation.Value == _about.Initial;
        switch (operation.Kind, operation.Outcome)
        {
            case ("write", Outcome.Refused):
                return true;
            case ("write", _):
                return !isInitial && operation.Value is not null && ZoneOf(value).AddWrite(operation);
            case ("read", Outcome.Ok):
                if (operation.Value is null && _about.ReadOfNilSaysNothing)
                    return true;
                Zone zone = ZoneOf(value);
                zone.AddRead(operation);
                if (isInitial)
                    zone.MakeInitial();
                return true;
            case ("read", _):
                return true;
            default:
                return false;
        }
    }

    private Zone ZoneOf(string value)
    {
        if (!_zones.TryGetValue(value, out Zone? zone))
            _zones.Add(value, zone = new Zone());
        return zone;
    }

    private Witness? FindContradiction()
    {
        Zone[] zones = [.. _zones.Values.Where(zone => zone.Counts)];
        if (Array.Find(zones, zone => zone.Write is null && zone.FirstEnd != TimeSpan.MinValue) is { } unwritten)
            return Show($"{OperationText.Of(unwritten.EndedFirst)}, but nothing ever wrote that.", unwritten.EndedFirst);
        if (Array.Find(zones, zone => zone.Write is { } write && zone.FirstEnd < write.Invoked) is { } early)
        {
            Operation write = early.Write!.Value;
            return Show($"{OperationText.Of(early.EndedFirst)} was over before {OperationText.Of(write)} began.", early.EndedFirst, write);
        }

        Zone[] forward = [.. zones.Where(zone => zone.IsForward).OrderBy(zone => zone.Low)];
        for (int i = 1; i < forward.Length; i++)
        {
            if (forward[i].Low < forward[i - 1].High)
                return Overlap(forward[i - 1], forward[i]);
        }

        TimeSpan[] lows = [.. forward.Select(zone => zone.Low)];
        foreach (Zone backward in zones.Where(zone => !zone.IsForward))
        {
            int around = LastBelow(lows, backward.Low);
            if (around >= 0 && backward.High < forward[around].High)
                return Overlap(forward[around], backward);
        }

        return null;
    }

    private static int LastBelow(TimeSpan[] ascending, TimeSpan value)
    {
        int place = Array.BinarySearch(ascending, value);
        if (place < 0)
            return ~place - 1;

        while (place >= 0 && ascending[place] == value)
            place--;
        return place;
    }

    private static Witness Overlap(Zone held, Zone other)
    {
        Operation[] shown = [.. new[] { held.EndedFirst, other.EndedFirst, other.BeganLast, held.BeganLast }.Where(o => o.Kind is not null).Distinct()];
        return Show(
            $"The value {held.BeganLast.Value ?? "nil"} was there from before {OperationText.Of(held.BeganLast)} without a break, "
                + $"so there is no moment for {OperationText.Of(other.EndedFirst.Kind is null ? other.BeganLast : other.EndedFirst)}.", shown);
    }

    private static Witness Show(string fact, params Operation[] operations) => new([fact], operations);
}
