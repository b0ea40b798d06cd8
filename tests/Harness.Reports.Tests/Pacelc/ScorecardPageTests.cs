using Deque.AxeCore.Commons;
using Harness.Checks.Pacelc;
using Harness.Reports.Pacelc;
using Microsoft.Playwright;

namespace Harness.Reports.Tests.Pacelc;

public sealed class ScorecardPageTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task Draws_planes_and_curves_and_says_nothing_on_the_console()
    {
        await using OpenedPage opened = await OpenAsync(SampleCard.Card(), "scorecard");

        foreach (string plane in new[] { "#plane-cut", "#plane-normal" })
        {
            Assert.Equal(["strong", "weak", "broken"], await opened.Page.Locator($"{plane} .name").AllTextContentsAsync());
            Assert.Equal(3, await opened.Page.Locator($"{plane} .box").CountAsync());
        }

        Assert.Equal(3, await opened.Page.Locator("#visibility-cut g .curve").CountAsync());
        Assert.Equal(["PC/EC", "PA/EL", "neither/EC"], (await opened.Page.Locator(".labels .badge").AllTextContentsAsync()).Select(text => text.Trim()));
        // Everything drawn lies inside its drawing.
        Assert.Equal(0, await opened.Page.EvaluateAsync<int>("""
            () => [...document.querySelectorAll('.plane > svg')].flatMap(svg => {
              const frame = svg.getBoundingClientRect();
              return [...svg.querySelectorAll('circle, rect, path, text')].filter(e => {
                const box = e.getBoundingClientRect();
                return box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
              });
            }).length
            """));
        Assert.Empty(opened.Said);
        Assert.Single(opened.Requests, url => !url.StartsWith("data:", StringComparison.Ordinal));
        await opened.PictureAsync();
    }

    [Fact]
    public async Task Leaves_hostile_names_inert_and_fits_a_phone()
    {
        await using OpenedPage opened = await OpenAsync(SampleCard.Hostile(), "scorecard-hostile", new()
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
        await using OpenedPage opened = await OpenAsync(SampleCard.Card(), $"scorecard-{scheme}", new()
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

    private async Task<OpenedPage> OpenAsync(Scorecard card, string name, BrowserNewContextOptions? options = null) =>
        await OpenedPage.OpenAsync(chromium.Browser(), ScorecardPage.Render(card), name, options);
}
