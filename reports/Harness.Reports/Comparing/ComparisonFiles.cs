using System.Text;
using System.Text.Json;
using Harness.Records;

namespace Harness.Reports.Comparing;

/// <summary>Leaves a comparison on disk.</summary>
public static class ComparisonFiles
{
    public const string PageName = "compare.html";
    public const string JsonName = "compare.json";

    /// <summary>Writes the page, and the same as JSON beside it, over older ones; folders that are missing are made.</summary>
    /// <param name="comparison">What to show.</param>
    /// <param name="page">The page's file; the JSON takes its name, ending in <c>.json</c>.</param>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static void Write(Comparison comparison, string page)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(page))!;
        Directory.CreateDirectory(folder);
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        File.WriteAllText(page, ComparisonPage.Render(comparison, folder), utf8);
        File.WriteAllText(Path.ChangeExtension(page, ".json"), Json(comparison) + "\n", utf8);
    }

    /// <summary>The whole comparison; the shape stands in the folder's README and changes only with <c>formatVersion</c>.</summary>
    public static string Json(Comparison comparison) => JsonSerializer.Serialize(comparison, RecordJson.Document);
}
