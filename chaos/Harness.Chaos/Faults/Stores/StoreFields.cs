using Harness.Chaos.Environments;

namespace Harness.Chaos.Faults.Stores;

/// <summary>Reads what faults of stores have in common.</summary>
internal static class StoreFields
{
    public const string Redis = "redis";
    public const string Postgres = "postgres";

    /// <summary>Says so when the environment has no such store that may be changed.</summary>
    /// <returns>The store's name, as the parts that the fault is put on.</returns>
    public static IReadOnlyList<string> NeedsStore(this FaultFields fields, string store, string key)
    {
        if (!fields.Environment.Stores.Contains(store))
        {
            string[] others = [.. EnvironmentKinds.All.Where(kind => kind.Stores.Contains(store)).Select(kind => $"--env {kind.Name}")];
            fields.Own.Report(key, $"--env {fields.Environment.Name} has no {store} of its own to put wrong; {string.Join(" and ", others)} have it");
        }

        return [store];
    }

    /// <summary>The service whose database is hit.</summary>
    public static string Database(this FaultFields fields)
    {
        string name = fields.Own.RequiredText("database");
        if (name.Length > 0 && !OrderSystemRun.ServiceNames.Contains(name))
            fields.Own.Report("database", $"'{name}' is no database; one of: {string.Join(", ", OrderSystemRun.ServiceNames)}");
        return name;
    }

    /// <summary>How to reach a store of the run.</summary>
    public static string ConnectionOf(this IRunningEnvironment environment, string store) =>
        environment.Stores.First(one => one.Name == store).Connection;
}
