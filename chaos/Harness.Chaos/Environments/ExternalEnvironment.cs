using Harness.Chaos.Environments.Externals;
using Harness.Chaos.Experiments;

namespace Harness.Chaos.Environments;

/// <summary>A system that somebody else runs, with a Toxiproxy of theirs: attached to, never started.</summary>
public sealed class ExternalEnvironment : IEnvironmentKind
{
    private readonly ExternalSystem? _system;

    /// <summary>The kind alone; <see cref="Configured"/> says which system.</summary>
    public ExternalEnvironment()
    {
    }

    private ExternalEnvironment(ExternalSystem system) => _system = system;

    public string Name => "external";

    public string Summary => $"a running system and its Toxiproxy, named by {EnvironmentSettings.ExternalOption} FILE";

    public IReadOnlyList<Edge> Edges => _system is null ? [] : [.. _system.Proxies.Keys];

    public IReadOnlyList<string> Missing(IReadOnlyList<string> targetCommand) => [];

    public IReadOnlyList<string> Notes() => ["what it needs is where the system is; whether that answers shows when it is asked"];

    public IEnvironmentKind? Configured(EnvironmentSettings settings, ICollection<Problem> problems)
    {
        if (settings.ExternalFile is not { } file)
        {
            problems.Add(new Problem($"--env {Name}", 0, 0, $"say where the system is: {EnvironmentSettings.ExternalOption} FILE with services, toxiproxy and proxies"));
            return null;
        }

        ExternalSystem? system = ExternalSystemReader.ReadFile(file, problems);
        AllowedHosts.Check(system?.Hosts ?? [], settings, problems);
        return system is null ? null : new ExternalEnvironment(system);
    }

    public Task<IRunningEnvironment> StartAsync(EnvironmentRequest request, CancellationToken cancellationToken) =>
        ExternalRun.StartAsync(_system ?? throw new InvalidOperationException("No system was named."), request, cancellationToken);
}
