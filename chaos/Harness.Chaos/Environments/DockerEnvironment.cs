using Harness.Chaos.Environments.Containers;
using Harness.Chaos.Environments.Stores;

namespace Harness.Chaos.Environments;

/// <summary>The order system with redis and PostgreSQL in containers; the services and the proxies are processes of this machine, as in <c>local</c>.</summary>
public sealed class DockerEnvironment : IEnvironmentKind
{
    private static readonly TimeSpan AskLimit = TimeSpan.FromSeconds(3);

    public string Name => "docker";

    public string Summary => "redis and PostgreSQL in containers";

    public IReadOnlyList<Edge> Edges { get; } = OrderSystemRun.EdgesWith("redis", "postgres");

    /// <summary>The services alone: what holds a store here is not the store.</summary>
    public IReadOnlyList<string> Parts => OrderSystemRun.ServiceNames;

    public IReadOnlyList<string> Stores { get; } = ["redis", "postgres"];

    public IReadOnlyList<string> Missing(IReadOnlyList<string> targetCommand) => [.. OrderSystemRun.MissingTarget(targetCommand), .. MissingDaemon()];

    /// <summary>Which images are not here yet.</summary>
    public IReadOnlyList<string> Notes() =>
    [
        .. Ask(AbsentImagesAsync, []).Select(image =>
            $"the image {image.Value} is not on this machine and is pulled at first use; {image.Key} names another"),
    ];

    public async Task<IRunningEnvironment> StartAsync(EnvironmentRequest request, CancellationToken cancellationToken)
    {
        using DockerDaemon daemon = DockerDaemon.OfThisMachine();
        await ContainerOwner.RemoveOrphansAsync(daemon, cancellationToken);
        // A download takes as long as it takes; what is here already is up in seconds.
        bool isComplete = (await AbsentImagesAsync(daemon, cancellationToken)).Count == 0;
        TimeSpan limit = isComplete ? Readiness.Limit : TimeSpan.FromMinutes(10);
        return await OrderSystemRun.StartAsync(
            Edges, [new RedisContainerPart(limit), new PostgresContainerPart(OrderSystemRun.ServiceNames, limit)], request, cancellationToken);
    }

    private static string[] MissingDaemon() => Ask<string[]>(
        async (daemon, token) =>
        {
            await daemon.ApiVersionAsync(token);
            return [];
        },
        whenUnreachable: error => [$"{error}; start it, say where it is with DOCKER_HOST, or get it: sudo apt-get install docker.io"]);

    private static async Task<Dictionary<string, string>> AbsentImagesAsync(DockerDaemon daemon, CancellationToken cancellationToken)
    {
        var absent = new Dictionary<string, string>();
        foreach ((string variable, string image) in ContainerImages.All)
        {
            if (!await daemon.HasImageAsync(image, cancellationToken))
                absent[variable] = image;
        }

        return absent;
    }

    private static T Ask<T>(Func<DockerDaemon, CancellationToken, Task<T>> question, T whenUnreachable) => Ask(question, _ => whenUnreachable);

    // Blocks, because what a machine lacks is asked in places that cannot wait otherwise; on another thread, and not for long.
    private static T Ask<T>(Func<DockerDaemon, CancellationToken, Task<T>> question, Func<string, T> whenUnreachable)
    {
        using DockerDaemon daemon = DockerDaemon.OfThisMachine();
        using var limit = new CancellationTokenSource(AskLimit);
        try
        {
            return Task.Run(() => question(daemon, limit.Token)).GetAwaiter().GetResult();
        }
        catch (EnvironmentException error)
        {
            return whenUnreachable(error.Message);
        }
        catch (OperationCanceledException)
        {
            return whenUnreachable($"the Docker daemon at {daemon.Endpoint} did not answer within {AskLimit.TotalSeconds} s");
        }
    }
}
