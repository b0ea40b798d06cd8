using Harness.Records;

namespace Harness.Checks;

/// <summary>Asks a question that may blow up.</summary>
internal static class Guarded
{
    /// <summary>The answer, or an unknown that says what went wrong: one check that cannot answer must not silence the others.</summary>
    public static CheckResult Ask(string name, ResultKind kind, Func<CheckResult> question)
    {
        try
        {
            return question();
        }
        catch (Exception e)
        {
            return new CheckResult { Name = name, Kind = kind, Verdict = Verdict.Unknown, Summary = e.Message };
        }
    }
}
