using System.Runtime.InteropServices;

namespace Harness.Load.Recording;

/// <summary>Counts outcomes and errors; one writer at a time.</summary>
internal class OutcomeTally
{
    private readonly Dictionary<string, long> _errors = [];

    public long Ok { get; private set; }

    public long Refused { get; private set; }

    public long Unknown { get; private set; }

    public long Ended => Ok + Refused + Unknown;

    public void Count(Outcome outcome, string error)
    {
        switch (outcome)
        {
            case Outcome.Ok:
                Ok++;
                return;
            case Outcome.Refused:
                Refused++;
                break;
            default:
                Unknown++;
                break;
        }

        CollectionsMarshal.GetValueRefOrAddDefault(_errors, error, out _)++;
    }

    public IReadOnlyDictionary<string, long> Errors() => new Dictionary<string, long>(_errors);

    protected void Add(OutcomeTally other)
    {
        Ok += other.Ok;
        Refused += other.Refused;
        Unknown += other.Unknown;
        foreach ((string error, long count) in other._errors)
            CollectionsMarshal.GetValueRefOrAddDefault(_errors, error, out _) += count;
    }
}
