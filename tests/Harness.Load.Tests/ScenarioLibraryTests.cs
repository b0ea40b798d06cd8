namespace Harness.Load.Tests;

/// <summary>Libraries that are none; a right one is loaded by the tests of the command.</summary>
public sealed class ScenarioLibraryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("library-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Says_that_there_is_no_file() => Assert.Equal("there is no such file", ProblemOf(Path.Combine(_folder, "none.dll")));

    [Theory]
    [InlineData("")]
    [InlineData("this is text")]
    [InlineData("MZ and then nothing of what would have to follow")]
    public void Says_that_a_file_is_no_assembly(string content)
    {
        string file = Path.Combine(_folder, "text.dll");
        File.WriteAllText(file, content);
        Assert.Equal("is no .NET assembly", ProblemOf(file));
    }

    [Fact]
    public void Says_that_an_assembly_does_not_know_the_engine() =>
        Assert.Contains("does not reference Harness.Load", ProblemOf(typeof(HdrHistogram.LongHistogram).Assembly.Location), StringComparison.Ordinal);

    [Fact]
    public void Says_which_version_it_was_built_against()
    {
        // The version in the reference, not the file's own, is what counts: so it is changed there, in a copy of an assembly that has one.
        string file = Path.Combine(_folder, "other.dll");
        byte[] bytes = File.ReadAllBytes(typeof(ScenarioLibraryTests).Assembly.Location);
        VersionOfReference(bytes, "Harness.Load") = 77;
        File.WriteAllBytes(file, bytes);

        Assert.Matches(@"was built against Harness\.Load 77\.1\.0\.0, but this is 0\.1\.0\.0", ProblemOf(file));
    }

    private static string ProblemOf(string path) =>
        Assert.Single(Assert.Throws<LoadConfigurationException>(() => ScenarioLibrary.Open(path)).Problems);

    /// <summary>The two bytes of a reference's major version, first in its row of the table (ECMA-335, II.22.5).</summary>
    private static ref byte VersionOfReference(byte[] bytes, string name)
    {
        using var file = new System.Reflection.PortableExecutable.PEReader(new MemoryStream(bytes));
        System.Reflection.Metadata.MetadataReader metadata = System.Reflection.Metadata.PEReaderExtensions.GetMetadataReader(file);
        int row = 0;
        foreach (System.Reflection.Metadata.AssemblyReferenceHandle handle in metadata.AssemblyReferences)
        {
            if (metadata.GetString(metadata.GetAssemblyReference(handle).Name) == name)
                break;
            row++;
        }

        var table = System.Reflection.Metadata.Ecma335.TableIndex.AssemblyRef;
        int start = System.Reflection.Metadata.Ecma335.MetadataReaderExtensions.GetTableMetadataOffset(metadata, table);
        int size = System.Reflection.Metadata.Ecma335.MetadataReaderExtensions.GetTableRowSize(metadata, table);
        return ref bytes[file.PEHeaders.MetadataStartOffset + start + row * size];
    }
}
