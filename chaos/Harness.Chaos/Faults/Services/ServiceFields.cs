using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;

namespace Harness.Chaos.Faults.Services;

/// <summary>Reads what faults inside services have in common.</summary>
internal static class ServiceFields
{
    /// <summary>How long a service holds a fault without hearing of it.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(3);

    /// <summary>The services under <c>services</c>; at least one, each a process that the run itself starts, and so knows the token of.</summary>
    public static IReadOnlyList<string> Services(this FaultFields fields)
    {
        IReadOnlyList<string> named = fields.Parts("services");
        foreach (string store in named.Where(name => fields.Environment.Parts.Contains(name) && !OrderSystemRun.ServiceNames.Contains(name)))
            fields.Own.Report("services", $"'{store}' is no service; one of: {string.Join(", ", OrderSystemRun.ServiceNames)}");
        return named;
    }

    /// <summary>Says so when a wait is longer than a service takes.</summary>
    public static void AtMostTenMinutes(this FaultFields fields, string key, TimeSpan wait)
    {
        if (wait > TimeSpan.FromMinutes(10))
            fields.Own.Report(key, $"{Units.Text(wait)} is more than 10m");
    }

    /// <summary>A time as services read it.</summary>
    public static string Text(TimeSpan time) => time.ToString("c");

    /// <summary>The way into a service.</summary>
    public static ServiceChaos Open(this IRunningEnvironment environment, string service) => new(
        environment.Services.First(one => one.Name == service),
        environment.ChaosToken ?? throw new ServiceChaosException($"{service} was not started with a token, so nothing can be put wrong inside it."));
}
