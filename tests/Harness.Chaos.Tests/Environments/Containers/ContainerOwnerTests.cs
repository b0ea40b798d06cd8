using Harness.Chaos.Environments.Containers;

namespace Harness.Chaos.Tests.Environments.Containers;

public sealed class ContainerOwnerTests
{
    // No system gives a process this id.
    private const int Nobody = int.MaxValue;

    [Fact]
    public void Is_gone_when_its_process_is() => Assert.True(ContainerOwner.IsOrphan(new ContainerOwner("run", Nobody).Labels));

    [Fact]
    public void Is_there_as_long_as_its_process_lives() => Assert.False(ContainerOwner.IsOrphan(new ContainerOwner("run", Environment.ProcessId).Labels));

    [Fact]
    public void Is_gone_when_the_machine_was_started_again_whoever_has_its_process_id_now() =>
        Assert.True(ContainerOwner.IsOrphan(With("harness.boot", "another")));

    [Fact]
    public void Is_never_judged_from_another_machine() => Assert.False(ContainerOwner.IsOrphan(With("harness.machine", "another", Nobody)));

    [Fact]
    public void Is_nobody_of_ours_without_labels() => Assert.False(ContainerOwner.IsOrphan(new Dictionary<string, string>()));

    private static Dictionary<string, string> With(string label, string value, int? process = null) =>
        new(new ContainerOwner("run", process ?? Environment.ProcessId).Labels) { [label] = value };
}
