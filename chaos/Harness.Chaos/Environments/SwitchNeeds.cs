namespace Harness.Chaos.Environments;

/// <summary>What switches of the order system need of the environment that it is started in.</summary>
public static class SwitchNeeds
{
    private const string Postgres = "postgres";

    /// <summary>What the environment lacks for these switches, each with who has it; empty when nothing.</summary>
    /// <param name="switches">As <see cref="OrderSystemSwitches"/> names them.</param>
    /// <param name="environment">One that owns no stores is not judged: somebody else started the system there.</param>
    public static IEnumerable<string> Problems(IReadOnlyDictionary<string, string> switches, IEnvironmentKind environment)
    {
        if (switches.GetValueOrDefault("coordination") == "two-phase-commit" && environment.Stores.Count > 0 && !environment.Stores.Contains(Postgres))
        {
            IEnumerable<string> others = EnvironmentKinds.All.Where(kind => kind.Stores.Contains(Postgres)).Select(kind => $"--env {kind.Name}");
            yield return $"coordination two-phase-commit prepares transactions in PostgreSQL, which --env {environment.Name} has not; {string.Join(" and ", others)} have it";
        }
    }
}
