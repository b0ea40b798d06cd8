using Harness.Records;

namespace Harness.Checks;

/// <summary>A question to a record. A new check is one new file: every class of this assembly that implements this interface and can be
/// made without arguments is found by <see cref="Checks.Judge.All"/>.</summary>
public interface ICheck
{
    /// <summary>The name by which experiments ask for it, <c>money-conserved</c>.</summary>
    string Name { get; }

    /// <summary>What is asked, in one sentence.</summary>
    string Question { get; }

    /// <summary>Whether it is asked when an experiment names no checks. False for what a sound system may well fail by design.</summary>
    bool AskedByDefault => true;

    /// <summary>Answers from the record alone. What cannot be known (no audit, not at rest) is <see cref="Verdict.Unknown"/>, never a
    /// pass.</summary>
    /// <exception cref="RecordException">A file of the record is damaged.</exception>
    CheckResult Judge(RunRecord record);
}
