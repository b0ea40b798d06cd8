using Deque.AxeCore.Commons;
using Harness.Reports.Tests;
using Microsoft.Playwright;

namespace Harness.EndToEnd.Tests.Control;

/// <summary>The page of <c>harness up</c>, in a real browser, on a real system under load.</summary>
[Collection(Controlled.Name)]
public sealed class ControlPageTests(ControlledSystem system, Chromium chromium) : IClassFixture<Chromium>
{
    private const string Rows = "#faults li[data-id]";
    private const float Patience = 60_000;

    [Fact]
    public async Task A_fault_by_keyboard_bites_on_the_chart_and_the_map_and_is_gone_when_it_is_healed()
    {
        List<string> said = [], requests = [];
        await using IBrowserContext context = await chromium.Browser().NewContextAsync(new() { ViewportSize = new() { Width = 1400, Height = 1150 } });
        IPage page = await OpenAsync(context, said, requests);
        Assert.DoesNotContain(system.Token, page.Url, StringComparison.Ordinal);
        await LatencyAsync(page, "< 400");

        // Everything by keyboard: an edge is ticked, how late is typed, and Enter sends it.
        await page.Locator("#kind").FocusAsync();
        await page.GetByLabel("client -> inventory", new() { Exact = true }).FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await page.Locator("#field-delay").FillAsync("400ms");
        await page.Keyboard.PressAsync("Enter");

        await page.Locator(Rows).WaitForAsync(new() { Timeout = Patience });
        await LatencyAsync(page, "> 750");
        await page.Locator(".map .edge.broken.slow").WaitForAsync(new() { Timeout = Patience });
        Assert.True(await page.Locator(".chart .area").CountAsync() >= 3, "The time of the fault is shaded on every chart.");
        await PictureAsync(page, "control-desktop");
        Assert.Empty(await ViolationsAsync(page));

        await page.Locator(Rows).GetByRole(AriaRole.Button).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(Rows).WaitForAsync(new() { State = WaitForSelectorState.Detached, Timeout = Patience });
        await LatencyAsync(page, "< 400");
        await page.Locator(".log .fault-healed").First.WaitForAsync(new() { Timeout = Patience });
        Assert.Equal("heal-all", await page.EvaluateAsync<string>("() => document.activeElement.id"));
        Assert.Empty(said);
        Assert.All(requests.Where(url => !url.StartsWith("data:", StringComparison.Ordinal)), url => Assert.StartsWith(system.Url.ToString(), url, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Fits_a_phone_in_the_dark_and_breaks_no_rule_of_axe()
    {
        await using IBrowserContext context = await chromium.Browser().NewContextAsync(new()
        {
            ViewportSize = new() { Width = 390, Height = 844 }, DeviceScaleFactor = 2, HasTouch = true, IsMobile = true, ColorScheme = ColorScheme.Dark,
        });
        IPage page = await OpenAsync(context, [], []);
        Assert.InRange(await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth"), int.MinValue, 0);
        Assert.Empty(await ViolationsAsync(page));
        await PictureAsync(page, "control-phone");
    }

    [Fact]
    public async Task What_somebody_typed_comes_back_as_text_and_as_nothing_else()
    {
        const string Hostile = "<img src=x onerror=document.title='owned'>";
        await using IBrowserContext context = await chromium.Browser().NewContextAsync(new() { ColorScheme = ColorScheme.Dark, ViewportSize = new() { Width = 1400, Height = 1150 } });
        IPage page = await OpenAsync(context, [], []);
        await page.GetByLabel("client -> inventory", new() { Exact = true }).CheckAsync();
        await page.Locator("#field-delay").FillAsync(Hostile);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#said.down").WaitForAsync(new() { Timeout = Patience });

        Assert.Contains($"delay: '{Hostile}' is not a duration", await page.Locator("#said").TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator("img").CountAsync());
        Assert.NotEqual("owned", await page.TitleAsync());
        await PictureAsync(page, "control-dark");
    }

    [Fact]
    public async Task Asks_for_the_token_when_it_has_none_and_shows_nothing()
    {
        await using IBrowserContext context = await chromium.Browser().NewContextAsync();
        IPage page = await context.NewPageAsync();
        await page.GotoAsync(system.Url.ToString());
        await page.Locator("#token").WaitForAsync();
        Assert.False(await page.Locator("#content").IsVisibleAsync());
        Assert.DoesNotContain(system.Token, await page.ContentAsync(), StringComparison.Ordinal);
    }

    private async Task<IPage> OpenAsync(IBrowserContext context, List<string> said, List<string> requests)
    {
        IPage page = await context.NewPageAsync();
        page.Console += (_, message) => said.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => said.Add(error);
        page.Request += (_, request) => requests.Add(request.Url);
        await page.GotoAsync($"{system.Url}#token={system.Token}");
        await page.Locator("#content").WaitForAsync(new() { Timeout = Patience });
        await page.Locator(".chart .curve").First.WaitForAsync(new() { Timeout = Patience });
        return page;
    }

    /// <summary>Waits until the chart of latency says of the p50 what is wanted.</summary>
    private static Task<IJSHandle> LatencyAsync(IPage page, string wanted) => page.WaitForFunctionAsync(
        $$"""() => { const said = /p50 ([\d.]+) ms/.exec(document.querySelector('[data-chart=latency] h3 span')?.textContent ?? ''); return said && +said[1] {{wanted}}; }""",
        null, new() { Timeout = Patience });

    private static async Task<string[]> ViolationsAsync(IPage page)
    {
        await page.EvaluateAsync(new BundledAxeScriptProvider().GetScript());
        return await page.EvaluateAsync<string[]>("""
            async () => (await axe.run()).violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.html.slice(0, 200)}: ${n.failureSummary}`))
            """);
    }

    private static Task<byte[]> PictureAsync(IPage page, string name) => page.ScreenshotAsync(new()
    {
        Path = Path.Combine(Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "pages")).FullName, name + ".png"), FullPage = true,
    });
}
