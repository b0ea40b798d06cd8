using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;

namespace Harness.Chaos.Tests.Environments;

public sealed class IEnvironmentKindTests
{
    [Fact]
    public void Every_kind_is_found_by_its_name_and_the_default_one_comes_first()
    {
        Assert.Equal(["embedded", "local", "docker", "external"], EnvironmentKinds.All.Select(kind => kind.Name));
        Assert.All(EnvironmentKinds.All, kind => Assert.Same(kind, EnvironmentKinds.Find(kind.Name)));
    }

    [Fact]
    public void The_same_edges_are_broken_in_containers_as_on_the_machine() =>
        Assert.Equal(new LocalEnvironment().Edges, new DockerEnvironment().Edges);

    [Fact]
    public void One_that_starts_its_own_system_refuses_to_be_told_of_another()
    {
        var problems = new List<Problem>();

        EnvironmentKinds.All[0].Configured(new EnvironmentSettings { ExternalFile = "there.yaml", Yes = true }, problems);

        Assert.Equal(["--external", "--yes"], problems.Select(problem => problem.File));
        Assert.All(problems, problem => Assert.Contains("only --env external does", problem.Message));
    }
}
