using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Harness.Cli.Control;

/// <summary>The page, its style and its script, out of this program.</summary>
internal static class PageFiles
{
    public static void Map(WebApplication app)
    {
        Map(app, "/", "page.html", "text/html; charset=utf-8");
        Map(app, "/page.css", "page.css", "text/css; charset=utf-8");
        foreach (string script in new[] { "page.js", "map.js", "charts.js", "faults.js" })
            Map(app, "/" + script, script, "text/javascript; charset=utf-8");
    }

    private static void Map(WebApplication app, string path, string name, string type) =>
        app.MapGet(path, () => Results.Stream(typeof(PageFiles).Assembly.GetManifestResourceStream("page/" + name)!, type)).ExcludeFromDescription();
}
