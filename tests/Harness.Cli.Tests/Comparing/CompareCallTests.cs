using Harness.Cli.Comparing;

namespace Harness.Cli.Tests.Comparing;

public sealed class CompareCallTests
{
    [Fact]
    public async Task Names_every_folder_that_is_no_record_and_a_control_that_is_not_there()
    {
        DirectoryInfo empty = Directory.CreateTempSubdirectory("harness-compare-");
        string missing = Path.Combine(empty.FullName, "missing");
        using var output = new StringWriter();
        using var error = new StringWriter();

        int exitCode = await new CompareCall(
            new CompareSettings { Runs = [empty.FullName, missing], Control = "neither", Out = Path.Combine(empty.FullName, "compare.html") }, output, error).RunAsync();

        Assert.Equal(ExitCode.BadInput, exitCode);
        string[] lines = error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Contains($"{empty.FullName} is no run record", lines[0], StringComparison.Ordinal);
        Assert.Contains($"{missing} is no run record", lines[1], StringComparison.Ordinal);
        Assert.Contains("--control: 'neither'", lines[2], StringComparison.Ordinal);
        Assert.Empty(output.ToString());
        Assert.Empty(empty.EnumerateFileSystemInfos());
        empty.Delete();
    }
}
