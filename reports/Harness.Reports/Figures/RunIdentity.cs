using System.Globalization;
using Harness.Records;

namespace Harness.Reports.Figures;

/// <summary>What is needed to ask for a run again, as name and value.</summary>
internal static class RunIdentity
{
    public static IEnumerable<(string Name, string Value)> Of(RunDescription run)
    {
        yield return ("run", run.Id);
        yield return ("command", run.Command);
        yield return ("seed", run.Seed.ToString(CultureInfo.InvariantCulture));
        yield return ("commit", run.Commit ?? "unknown");
        yield return ("harness", run.HarnessVersion);
        yield return ("runtime", run.RuntimeVersion);
        yield return ("environment", run.Environment);
    }
}
