using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Harness.Scenarios.Tests;

/// <summary>The packages of NBomber cannot be restored everywhere, so the sources are compiled against a copy of its surface.</summary>
public sealed class LoadEngineTests
{
    [Fact]
    public void The_same_sources_compile_against_the_surface_of_NBomber()
    {
        string own = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        string library = Path.GetFullPath(Path.Combine(own, "..", "..", "Harness.Scenarios.NBomber", Path.GetFileName(own), "Harness.Scenarios.NBomber.dll"));
        using var file = new PEReader(File.OpenRead(library));
        MetadataReader metadata = file.GetMetadataReader();

        Assert.Contains("NBomber", metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)));
        string[] types = [.. metadata.TypeDefinitions.Select(handle => metadata.GetString(metadata.GetTypeDefinition(handle).Name))];
        Assert.All(
            typeof(OrderScenarios).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IOrderScenario)) && type.IsClass),
            scenario => Assert.Contains(scenario.Name, types));
    }
}
