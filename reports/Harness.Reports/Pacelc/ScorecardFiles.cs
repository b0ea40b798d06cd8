using System.Text;
using System.Text.Json;
using Harness.Checks.Pacelc;
using Harness.Records;

namespace Harness.Reports.Pacelc;

/// <summary>Leaves a scorecard on disk.</summary>
public static class ScorecardFiles
{
    public const string JsonName = "pacelc.json";
    public const string PageName = "scorecard.html";

    /// <summary>Writes <see cref="JsonName"/> and <see cref="PageName"/> into the folder, over older ones.</summary>
    /// <returns>The path of the page.</returns>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static string Write(Scorecard card, string folder)
    {
        string page = Path.Combine(folder, PageName);
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        File.WriteAllText(Path.Combine(folder, JsonName), Json(card) + "\n", utf8);
        File.WriteAllText(page, ScorecardPage.Render(card), utf8);
        return page;
    }

    /// <summary>The whole card; the shape stands in the folder's README and changes only with <c>formatVersion</c>.</summary>
    public static string Json(Scorecard card) => JsonSerializer.Serialize(card, RecordJson.Document);
}
