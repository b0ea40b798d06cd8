using Harness.Chaos.Environments;
using Harness.Chaos.Environments.Containers;

namespace Harness.Chaos.Tests.Environments.Containers;

public sealed class DockerDaemonTests
{
    [Theory]
    [InlineData("unix:///nowhere/docker.sock")]
    [InlineData("tcp://127.0.0.1:1")]
    public async Task Says_where_nobody_answered(string endpoint)
    {
        using var daemon = new DockerDaemon(new Uri(endpoint));

        var error = await Assert.ThrowsAsync<EnvironmentException>(() => daemon.ApiVersionAsync(TestContext.Current.CancellationToken));

        Assert.StartsWith($"no Docker daemon answers at {new Uri(endpoint)}", error.Message, StringComparison.Ordinal);
    }
}
