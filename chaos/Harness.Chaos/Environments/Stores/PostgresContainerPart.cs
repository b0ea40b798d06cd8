using Harness.Chaos.Environments.Containers;

namespace Harness.Chaos.Environments.Stores;

/// <summary>PostgreSQL in a container, with the databases and the password of <see cref="PostgresPart"/>.</summary>
internal sealed class PostgresContainerPart(IReadOnlyList<string> services, TimeSpan readyLimit) : PostgresPart(services)
{
    public override IReadOnlyDictionary<string, string> OwnVariables => new Dictionary<string, string> { [ContainerStore.PasswordVariable] = Password };

    protected override TimeSpan ReadyLimit => readyLimit;

    public override Task<IReadOnlyList<string>> PrepareAsync(int port, string folder, EnvironmentRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>(
        [
            .. request.StoreCommand,
            .. new ContainerOrder(Name, port, ContainerImages.Postgres, Environment.ProcessId) { Run = request.Run }.Arguments,
        ]);
}
