using System.Runtime.InteropServices;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using Testcontainers.PostgreSql;
using Testcontainers.Redis;

namespace Harness.Chaos.Environments.Containers;

/// <summary>
/// A store in a container, and the process that holds it: what the harness starts itself again for. The container goes when standard input
/// ends, which it does however the harness ends, so a container can no more outlive it than a child process can.
/// </summary>
public static class ContainerStore
{
    /// <summary>The variable that hands over the password of PostgreSQL, which a command line would show to everybody.</summary>
    internal const string PasswordVariable = "HARNESS_STORE_PASSWORD";

    private const string HolderLabel = "harness.holder";

    private static readonly TimeSpan RemovalLimit = TimeSpan.FromSeconds(4);

    /// <summary>Serves until <paramref name="input"/> ends; the container's own output goes to ours.</summary>
    /// <param name="order">What is wanted.</param>
    /// <param name="input">Held open by the parent for as long as the store is wanted.</param>
    /// <returns>0 when it was no longer wanted, 1 when the container could not be had or ended by itself.</returns>
    public static async Task<int> ServeAsync(ContainerOrder order, Stream input)
    {
        using var unwanted = new CancellationTokenSource();
        // Ctrl-C in a terminal reaches the whole group; the parent heals first and then closes our input.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            unwanted.Cancel();
        });
        _ = input.CopyToAsync(Stream.Null).ContinueWith(_ => unwanted.Cancel(), TaskScheduler.Default);
        using DockerDaemon daemon = DockerDaemon.OfThisMachine();
        string holder = Guid.NewGuid().ToString("N");
        try
        {
            return await HoldAsync(order, holder, daemon, unwanted.Token);
        }
        catch (Exception) when (unwanted.IsCancellationRequested)
        {
            return 0; // Whatever was under way when it was no longer wanted is of no interest.
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            await Console.Error.WriteLineAsync($"the container of {order.Kind} from {order.Image} could not be had: {error.Message}");
            return 1;
        }
        finally
        {
            await RemoveAsync(daemon, holder);
        }
    }

    private static async Task<int> HoldAsync(ContainerOrder order, string holder, DockerDaemon daemon, CancellationToken unwanted)
    {
        await PrepareLibraryAsync(daemon, unwanted);
        var labels = new Dictionary<string, string>(new ContainerOwner(order.Run, order.Owner).Labels) { [HolderLabel] = holder };
        using IOutputConsumer output = Consume.RedirectStdoutAndStderrToStream(Console.OpenStandardOutput(), Console.OpenStandardError());
        await using DockerContainer container = order.Kind == "postgres" ? Postgres(order, labels, output) : Redis(order, labels, output);
        await container.StartAsync(unwanted);
        int exitCode = await daemon.EndAsync(container.Id, unwanted);
        await Console.Error.WriteLineAsync($"the container of {order.Kind} ended by itself with {exitCode}");
        return 1;
    }

    /// <summary>Its own clean-up would need an image of its own from a registry, and an old daemon does not know the newest API.</summary>
    private static async Task PrepareLibraryAsync(DockerDaemon daemon, CancellationToken cancellationToken)
    {
        SetIfUnset("TESTCONTAINERS_RYUK_DISABLED", "true");
        SetIfUnset("DOCKER_HOST", daemon.Endpoint.ToString());
        SetIfUnset("DOCKER_API_VERSION", await daemon.ApiVersionAsync(cancellationToken));
    }

    private static void SetIfUnset(string variable, string value)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable)))
            Environment.SetEnvironmentVariable(variable, value);
    }

    // Its append-only file is on, so that what the bus holds outlives a crash of the server. To its protected mode everything that comes
    // through the port looks foreign; that port is on loopback.
    private static RedisContainer Redis(ContainerOrder order, Dictionary<string, string> labels, IOutputConsumer output) =>
        new RedisBuilder(order.Image)
            .WithLabel(labels)
            .WithOutputConsumer(output)
            .WithPortBinding(order.Port, RedisBuilder.RedisPort)
            .WithCreateParameterModifier(OnLoopback)
            .WithCommand("redis-server", "--appendonly", "yes", "--save", "", "--protected-mode", "no")
            .Build();

    // The last word on a setting counts: the library switches synchronous commits off, and then a crash loses what was acknowledged.
    private static PostgreSqlContainer Postgres(ContainerOrder order, Dictionary<string, string> labels, IOutputConsumer output) =>
        new PostgreSqlBuilder(order.Image)
            .WithLabel(labels)
            .WithOutputConsumer(output)
            .WithPortBinding(order.Port, PostgreSqlBuilder.PostgreSqlPort)
            .WithCreateParameterModifier(OnLoopback)
            .WithUsername(Stores.PostgresPart.User)
            .WithPassword(Environment.GetEnvironmentVariable(PasswordVariable) ?? "")
            .WithDatabase("postgres")
            .WithCommand([.. Stores.PostgresCluster.Settings.SelectMany(setting => new[] { "-c", setting }), "-c", "synchronous_commit=on"])
            .Build();

    private static void OnLoopback(CreateContainerParameters parameters)
    {
        IEnumerable<PortBinding> bindings = parameters.HostConfig?.PortBindings?.Values.SelectMany(one => one) ?? [];
        foreach (PortBinding binding in bindings)
            binding.HostIP = "127.0.0.1";
    }

    /// <summary>By label, because a creation that was cut off may still have made one.</summary>
    private static async Task RemoveAsync(DockerDaemon daemon, string holder)
    {
        using var limit = new CancellationTokenSource(RemovalLimit);
        try
        {
            foreach (string id in (await daemon.FindAsync($"{HolderLabel}={holder}", limit.Token)).Keys)
                await daemon.RemoveAsync(id, limit.Token);
        }
        catch (Exception error) when (error is EnvironmentException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"the container is left to the next command: {error.Message}");
        }
    }
}
