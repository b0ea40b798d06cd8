using Harness.Records;

namespace Harness.Checks.Sessions;

/// <summary>Counts what each client saw out of its own order. A session is a process; versions are numbers, entity by entity.</summary>
/// <remarks>One pass in the order of invocation, O(n log n), with memory for sessions × keys. Writes of unknown
/// outcome raise nothing:
/// a client that was not told cannot feel cheated. Monotonic writes: a session's writes of one key rise; and across keys, a reader that
/// saw the later of two writes of a session sees the earlier one in all it reads from then on.</remarks>
public sealed class SessionGuarantees
{
    private readonly GuaranteeCount _readYourWrites;
    private readonly GuaranteeCount _monotonicReads;
    private readonly GuaranteeCount _monotonicWrites;
    private readonly GuaranteeCount _writesFollowReads;
    private readonly Dictionary<(int Process, string Key), Operation> _written = [];
    private readonly Dictionary<(int Process, string Key), (long Version, Operation Read)> _read = [];
    private readonly Dictionary<(int Process, string Key), long> _highestWritten = [];

    private SessionGuarantees(Func<Operation, bool> counted)
    {
        _readYourWrites = new("read-your-writes", counted);
        _monotonicReads = new("monotonic-reads", counted);
        _monotonicWrites = new("monotonic-writes", counted);
        _writesFollowReads = new("writes-follow-reads", counted);
    }

    /// <summary>All four, in the order of the paper.</summary>
    /// <param name="history">In any order; what is neither a versioned read nor a versioned write is passed over.</param>
    public static IReadOnlyList<SessionGuarantee> Of(IReadOnlyList<Operation> history) => Of(VersionedSteps.Of(history));

    /// <summary>The same, with only some of the operations that could break a guarantee counted, held against the whole history.</summary>
    /// <param name="history">In any order; what is neither a versioned read nor a versioned write is passed over.</param>
    /// <param name="counted">Says of the later operation of a pair whether it counts.</param>
    public static IReadOnlyList<SessionGuarantee> Of(IReadOnlyList<Operation> history, Func<Operation, bool> counted) =>
        Of(VersionedSteps.Of(history), counted);

    /// <param name="steps">In the order of invocation.</param>
    internal static IReadOnlyList<SessionGuarantee> Of(SessionStep[] steps, Func<Operation, bool>? counted = null)
    {
        var guarantees = new SessionGuarantees(counted ?? (_ => true));
        var afterReads = new WriteCauses(steps, afterWrites: false);
        var afterWrites = new WriteCauses(steps, afterWrites: true);
        for (int place = 0; place < steps.Length; place++)
        {
            if (steps[place].IsWrite)
            {
                guarantees.Write(steps[place]);
                continue;
            }

            guarantees.Read(steps[place]);
            Count(guarantees._writesFollowReads, afterReads, steps, place);
            Count(guarantees._monotonicWrites, afterWrites, steps, place);
        }

        return
        [
            guarantees._readYourWrites.Result(),
            guarantees._monotonicReads.Result(),
            guarantees._monotonicWrites.Result(),
            guarantees._writesFollowReads.Result(),
        ];
    }

    private void Write(in SessionStep write)
    {
        var place = (write.Source.Process, write.Source.Key);
        if (_written.TryGetValue(place, out Operation earlier))
            _monotonicWrites.Count(write.Version > _highestWritten[place], earlier, write.Source);

        if (write.Version >= _highestWritten.GetValueOrDefault(place, long.MinValue))
            (_highestWritten[place], _written[place]) = (write.Version, write.Source);
    }

    private void Read(in SessionStep read)
    {
        var place = (read.Source.Process, read.Source.Key);
        if (_written.TryGetValue(place, out Operation own))
            _readYourWrites.Count(read.Version >= _highestWritten[place], own, read.Source);

        bool readBefore = _read.TryGetValue(place, out (long Version, Operation Read) earlier);
        if (readBefore)
            _monotonicReads.Count(read.Version >= earlier.Version, earlier.Read, read.Source);
        if (!readBefore || read.Version > earlier.Version)
            _read[place] = (read.Version, read.Source);
    }

    private static void Count(GuaranteeCount guarantee, WriteCauses causes, SessionStep[] steps, int place)
    {
        SessionStep read = steps[place];
        if (causes.Required(read) is { } required)
            guarantee.Count(read.Version >= required.Version, required.Read, read.Source);
        causes.Saw(place);
    }
}
