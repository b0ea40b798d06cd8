using Deque.AxeCore.Commons;
using Harness.Reports.Comparing;
using Microsoft.Playwright;

namespace Harness.Reports.Tests.Comparing;

public sealed class ComparisonPageTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task Draws_every_run_of_a_suite_inside_its_frame_and_says_nothing_on_the_console()
    {
        await using OpenedPage opened = await OpenAsync(SampleRuns.Suite(), "compare-suite", new() { ViewportSize = new() { Width = 1400, Height = 900 } });

        Assert.Equal(16, await opened.Page.Locator(".run > svg").CountAsync());
        Assert.Equal(16 * 8, await opened.Page.Locator(".run .curve").CountAsync());
        Assert.Equal(0, await opened.Page.EvaluateAsync<int>("""
            () => [...document.querySelectorAll('.run > svg, .interval')].flatMap(svg => {
              const frame = svg.getBoundingClientRect();
              return [...svg.querySelectorAll('circle, rect, path, text')].filter(e => {
                const box = e.getBoundingClientRect();
                return box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
              });
            }).length
            """));
        Assert.Equal("./../runs/20260102T030400Z-fallacy-1/report.html", await opened.Page.Locator("#matrix tbody a").First.GetAttributeAsync("href"));
        Assert.Empty(opened.Said);
        Assert.Single(opened.Requests, url => !url.StartsWith("data:", StringComparison.Ordinal));
        await opened.PictureAsync();
    }

    [Fact]
    public async Task Leaves_hostile_names_inert_and_fits_a_phone()
    {
        await using OpenedPage opened = await OpenAsync([.. SampleRuns.Two(), SampleRuns.Hostile()], "compare-hostile", new()
        {
            ViewportSize = new() { Width = 390, Height = 844 }, DeviceScaleFactor = 2, HasTouch = true, IsMobile = true,
        });

        Assert.Empty(opened.Dialogs);
        Assert.Empty(opened.Said);
        Assert.Equal(0, await opened.Page.Locator("#injected, img, script, a[href^='javascript']").CountAsync());
        Assert.InRange(await opened.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth"), int.MinValue, 0);
        await opened.PictureAsync();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Breaks_no_rule_of_axe(ColorScheme scheme)
    {
        await using OpenedPage opened = await OpenAsync(SampleRuns.Two(), $"compare-{scheme}", new()
        {
            ViewportSize = new() { Width = 1280, Height = 900 }, ColorScheme = scheme,
        });

        // The page lets no script of anyone run; what asks here comes in by the debugger.
        await opened.Page.EvaluateAsync(new BundledAxeScriptProvider().GetScript());
        string[] violations = await opened.Page.EvaluateAsync<string[]>("""
            async () => (await axe.run()).violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.html.slice(0, 200)}: ${n.failureSummary}`))
            """);
        Assert.Empty(violations);
        await opened.PictureAsync();
    }

    private async Task<OpenedPage> OpenAsync(IReadOnlyList<RunInput> runs, string name, BrowserNewContextOptions options) => await OpenedPage.OpenAsync(
        chromium.Browser(), ComparisonPage.Render(Comparison.Of(runs), Path.Combine(Path.GetTempPath(), "compare")), name, options);
}
