using System.Runtime.CompilerServices;
using NJsonSchema;

namespace Harness.Cli.Tests.Schemas;

/// <summary>The schemas that are documented, held against what is printed.</summary>
internal static class Schemas
{
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..", "cli", "schemas"));

    public static async Task AssertValidAsync(string name, string printed)
    {
        string[] problems = await ProblemsAsync(name, printed);
        Assert.True(problems.Length == 0, $"{name}: {string.Join("; ", problems)}{Environment.NewLine}{printed}");
    }

    /// <returns>Each with the place in the document; empty when it is valid.</returns>
    public static async Task<string[]> ProblemsAsync(string name, string printed)
    {
        // The validator looks for parts under their older name only.
        string text = File.ReadAllText(Path.Combine(Folder, $"{name}.schema.json")).Replace("$defs", "definitions", StringComparison.Ordinal);
        JsonSchema schema = await JsonSchema.FromJsonAsync(text, TestContext.Current.CancellationToken);
        return [.. schema.Validate(printed).Select(problem => problem.ToString())];
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
