using Deque.AxeCore.Commons;
using Harness.Records;
using Microsoft.Playwright;

namespace Harness.Reports.Tests;

public sealed class HtmlPageTests(Chromium chromium) : IClassFixture<Chromium>
{
    // The share of a canvas that is not empty: lines, labels and shades, not one stray dot.
    private const string DrawnPixels = """
        () => [...document.querySelectorAll('.plot')].map(plot => {
          const canvas = plot.querySelector('canvas');
          if (!canvas) return 0;
          const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
          let drawn = 0;
          for (let i = 3; i < pixels.length; i += 4) if (pixels[i] > 0) drawn++;
          return drawn / (pixels.length / 4);
        })
        """;

    [Fact]
    public async Task Draws_every_chart_and_says_nothing_on_the_console()
    {
        await using OpenedPage opened = await OpenAsync(SampleRun.Facts(), "desktop");

        double[] drawn = await opened.Page.EvaluateAsync<double[]>(DrawnPixels);
        Assert.True(drawn.Length >= 8, $"{drawn.Length} charts");
        Assert.All(drawn, share => Assert.InRange(share, 0.01, 1));
        Assert.Empty(opened.Said);
        await opened.PictureAsync();
    }

    [Fact]
    public async Task Asks_for_nothing_but_itself()
    {
        await using OpenedPage opened = await OpenAsync(SampleRun.Facts(), "requests");

        // Its icon stands in the page as a data address, which is no request to anyone.
        string only = Assert.Single(opened.Requests, url => !url.StartsWith("data:", StringComparison.Ordinal));
        Assert.StartsWith("file://", only, StringComparison.Ordinal);
    }

    [Fact]
    public void Keeps_the_licence_of_the_library_it_carries() =>
        Assert.Contains("Licensed to the Apache Software Foundation", HtmlPage.Render(SampleRun.Facts()), StringComparison.Ordinal);

    [Fact]
    public async Task Leaves_hostile_names_and_messages_inert()
    {
        await using OpenedPage opened = await OpenAsync(HostileRun.Facts(), "hostile");

        Assert.Empty(opened.Dialogs);
        Assert.Empty(opened.Said);
        Assert.Single(opened.Requests, url => !url.StartsWith("data:", StringComparison.Ordinal));
        Assert.Equal(0, await opened.Page.Locator("#injected, img, main script, a[href^='javascript']").CountAsync());
        Assert.Contains("<b id=injected>", await opened.Page.Locator("h1 .sentence").TextContentAsync(), StringComparison.Ordinal);
        await opened.PictureAsync();
    }

    [Theory]
    [InlineData("phone")]
    [InlineData("hostile-phone")]
    public async Task Fits_a_phone_without_scrolling_sideways(string name)
    {
        await using OpenedPage opened = await OpenAsync(name == "phone" ? SampleRun.Facts() : HostileRun.Facts(), name, new()
        {
            ViewportSize = new() { Width = 390, Height = 844 }, DeviceScaleFactor = 2, HasTouch = true, IsMobile = true,
        });

        int beyond = await opened.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth");
        Assert.InRange(beyond, int.MinValue, 0);
        await opened.PictureAsync();
    }

    [Fact]
    public async Task Follows_a_dark_scheme_with_its_charts_too()
    {
        await using OpenedPage opened = await OpenAsync(SampleRun.Facts(), "dark", new()
        {
            ViewportSize = new() { Width = 1280, Height = 900 }, ColorScheme = ColorScheme.Dark,
        });

        string label = await opened.Page.EvaluateAsync<string>(
            "() => echarts.getInstanceByDom(document.querySelector('.plot')).getOption().xAxis[0].axisLabel.color");
        Assert.Equal("#9ba5b1", label);
        await opened.PictureAsync();
    }

    [Fact]
    public async Task Zooms_every_chart_with_one_press()
    {
        await using OpenedPage opened = await OpenAsync(SampleRun.Facts(), "zoom");

        await opened.Page.GetByRole(AriaRole.Toolbar).GetByRole(AriaRole.Button, new() { Name = "fault" }).ClickAsync();

        Assert.All(await RangesAsync(opened), range => Assert.Equal(new[] { 15.0, 30.0 }, range));
    }

    [Fact]
    public async Task Zooms_every_chart_by_dragging_across_one()
    {
        await using OpenedPage opened = await OpenAsync(SampleRun.Facts(), "drag");

        await opened.Page.Locator("#chart-rate .plot").ScrollIntoViewIfNeededAsync();
        var plot = (await opened.Page.Locator("#chart-rate .plot").BoundingBoxAsync())!;
        await opened.Page.Mouse.MoveAsync(plot.X + 400, plot.Y + 100);
        await opened.Page.Mouse.DownAsync();
        await opened.Page.Mouse.MoveAsync(plot.X + 600, plot.Y + 110, new() { Steps = 5 });
        await opened.Page.Mouse.UpAsync();

        Assert.All(await RangesAsync(opened), range => Assert.InRange(range[1] - range[0], 1, 20));
    }

    [Fact]
    public async Task Reads_every_line_out_where_the_pointer_is()
    {
        await using OpenedPage opened = await OpenAsync(SampleRun.Facts(), "readings");

        await opened.Page.Locator("#chart-rate .plot").HoverAsync(new() { Position = new() { X = 400, Y = 90 } });

        // Of every chart, not only of the one below the pointer.
        ILocator reading = opened.Page.Locator("#chart-latency-1 .legend output").First;
        await Assertions.Expect(reading).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"^\d.* (µs|ms|s)$"));
    }

    [Fact]
    public async Task Reads_every_line_out_by_keyboard_too()
    {
        await using OpenedPage opened = await OpenAsync(SampleRun.Facts(), "keyboard");

        await opened.Page.Locator("#cursor").FocusAsync();
        await opened.Page.Keyboard.PressAsync("End");

        await Assertions.Expect(opened.Page.Locator("#chart-availability .legend .when")).ToHaveTextAsync("45.0 s");
    }

    [Fact]
    public async Task Says_everything_in_tables_where_scripts_are_off()
    {
        await using OpenedPage opened = await OpenedPage.OpenAsync(
            chromium.Browser(), HtmlPage.Render(SampleRun.Facts()), "no-script", new() { JavaScriptEnabled = false });

        await Assertions.Expect(opened.Page.GetByText("The charts need JavaScript")).ToBeVisibleAsync();
        await Assertions.Expect(opened.Page.Locator("#latency tbody tr").First).ToBeVisibleAsync();
        await Assertions.Expect(opened.Page.Locator(".plot").First).ToBeHiddenAsync();
        await opened.PictureAsync();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Breaks_no_rule_of_axe(ColorScheme scheme)
    {
        await using OpenedPage opened = await OpenAsync(SampleRun.Facts(), $"axe-{scheme}", new()
        {
            ViewportSize = new() { Width = 1280, Height = 900 }, ColorScheme = scheme,
        });

        await opened.Page.EvaluateAsync(new BundledAxeScriptProvider().GetScript());
        string[] violations = await opened.Page.EvaluateAsync<string[]>("""
            async () => (await axe.run()).violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.html.slice(0, 200)}: ${n.failureSummary}`))
            """);
        Assert.Empty(violations);
    }

    [Fact]
    public async Task Prints_on_paper()
    {
        await using OpenedPage opened = await OpenAsync(SampleRun.Facts(), "paper", new()
        {
            ViewportSize = new() { Width = 1280, Height = 900 }, ColorScheme = ColorScheme.Dark,
        });

        byte[] pdf = await opened.Page.PdfAsync(new() { Format = "A4", Path = Path.ChangeExtension(opened.File, ".pdf") });
        Assert.True(pdf.Length > 50_000, $"{pdf.Length} bytes hold no charts");

        // The same as a picture, because a file of that kind cannot be looked into here.
        await opened.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await opened.Page.WaitForFunctionAsync("() => document.querySelector('.plot canvas').style.width === '688px'");
        Assert.All(await opened.Page.EvaluateAsync<double[]>(DrawnPixels), share => Assert.InRange(share, 0.01, 1));
        Assert.All(
            await opened.Page.EvaluateAsync<double[]>("() => [...document.querySelectorAll('.plot canvas')].map(c => c.getBoundingClientRect().height)"),
            height => Assert.InRange(height, 150, 400));
        Assert.Empty(opened.Said);
        await opened.PictureAsync();
    }

    [Fact]
    public async Task Shows_a_run_that_ended_before_anything_was_measured()
    {
        var facts = new RunFacts
        {
            Description = SampleDescription.Of([]) with { Hypothesis = null, Commit = null, Source = null, Faults = [], Load = [], Edges = [] },
            Verdict = new RunVerdict { Verdict = Verdict.Unknown, Sentence = "Nothing was proven: the environment did not start.", Results = [] },
        };

        await using OpenedPage opened = await OpenAsync(facts, "nothing");

        Assert.Empty(opened.Said);
        await Assertions.Expect(opened.Page.GetByText("the environment did not start")).ToBeVisibleAsync();
        await opened.PictureAsync();
    }

    [Fact]
    public async Task Shows_seconds_without_a_single_measurement()
    {
        RunFacts sample = SampleRun.Facts();
        var latency = sample.Latency.Select(l => new LatencyInterval(l.Tag, l.Start, l.Length, SampleRun.Histogram()));
        var series = sample.Series.Select(s => s with { Scenarios = [.. s.Scenarios.Select(x => new ScenarioSample { Scenario = x.Scenario, Phase = x.Phase, Open = 1 })] });

        await using OpenedPage opened = await OpenAsync(sample with { Latency = [.. latency], Series = [.. series] }, "stuck");

        Assert.Empty(opened.Said);
        Assert.Equal(0, await opened.Page.Locator("[id^=chart-latency]").CountAsync());
    }

    [Fact]
    public async Task Holds_an_hour_in_three_megabytes_and_shows_words_before_charts()
    {
        RunFacts facts = HourRun.Facts();
        string html = HtmlPage.Render(facts);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(html), 1, 3_000_000);

        await using OpenedPage opened = await OpenedPage.OpenAsync(chromium.Browser(), html, "hour");
        await opened.ChartsAsync();
        double painted = await opened.Page.EvaluateAsync<double>("() => performance.getEntriesByName('first-contentful-paint')[0].startTime");
        double drawn = await opened.Page.EvaluateAsync<double>("() => performance.getEntriesByName('charts-drawn')[0].startTime");
        TestContext.Current.SendDiagnosticMessage($"first paint after {painted:0} ms, last chart after {drawn:0} ms");
        Assert.True(painted < drawn, $"first paint after {painted} ms, last chart after {drawn} ms");
        await opened.PictureAsync();
    }

    // From where to where each chart of the time axis is zoomed.
    private static async Task<double[][]> RangesAsync(OpenedPage opened)
    {
        double[][] ranges = await opened.Page.EvaluateAsync<double[][]>("""
            () => [...document.querySelectorAll('.plot')]
              .map(plot => echarts.getInstanceByDom(plot).getOption().dataZoom?.[0])
              .filter(zoom => zoom)
              .map(zoom => [zoom.startValue, zoom.endValue])
            """);
        Assert.True(ranges.Length >= 8, $"{ranges.Length} charts");
        return ranges;
    }

    private async Task<OpenedPage> OpenAsync(RunFacts facts, string name, BrowserNewContextOptions? options = null)
    {
        OpenedPage opened = await OpenedPage.OpenAsync(chromium.Browser(), HtmlPage.Render(facts), name, options);
        await opened.ChartsAsync();
        return opened;
    }
}
