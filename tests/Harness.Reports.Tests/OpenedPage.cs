using Microsoft.Playwright;

namespace Harness.Reports.Tests;

/// <summary>A rendered page, opened from disk, with everything that a page should not do written down.</summary>
internal sealed class OpenedPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    private OpenedPage(IBrowserContext context, IPage page, string file) => (_context, Page, File) = (context, page, file);

    public IPage Page { get; }

    public string File { get; }

    /// <summary>Errors, and anything else said on the console.</summary>
    public List<string> Said { get; } = [];

    /// <summary>Every request, the one for the page itself included.</summary>
    public List<string> Requests { get; } = [];

    public List<string> Dialogs { get; } = [];

    /// <param name="browser">From <see cref="Chromium"/>.</param>
    /// <param name="html">The whole page.</param>
    /// <param name="options">Size, scheme and the like; null for a desktop in the light.</param>
    /// <param name="name">The file's name; it stays in the test's output folder for people to look at.</param>
    public static async Task<OpenedPage> OpenAsync(IBrowser browser, string html, string name, BrowserNewContextOptions? options = null)
    {
        string folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "pages")).FullName;
        string file = Path.Combine(folder, $"{name}.html");
        await System.IO.File.WriteAllTextAsync(file, html);
        IBrowserContext context = await browser.NewContextAsync(options ?? new() { ViewportSize = new() { Width = 1280, Height = 900 } });
        var opened = new OpenedPage(context, await context.NewPageAsync(), file);
        opened.Listen();
        await opened.Page.GotoAsync(new Uri(file).AbsoluteUri);
        return opened;
    }

    /// <summary>Waits until the last chart was drawn.</summary>
    public async Task ChartsAsync() =>
        await Page.WaitForSelectorAsync("html[data-charts]", new() { State = WaitForSelectorState.Attached, Timeout = 60_000 });

    /// <summary>Leaves a picture of the whole page beside it, for people to look at.</summary>
    public async Task PictureAsync() =>
        await Page.ScreenshotAsync(new() { Path = Path.ChangeExtension(File, ".png"), FullPage = true });

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private void Listen()
    {
        Page.Console += (_, message) => Said.Add($"{message.Type}: {message.Text}");
        Page.PageError += (_, error) => Said.Add(error);
        Page.Request += (_, request) => Requests.Add(request.Url);
        Page.Dialog += async (_, dialog) =>
        {
            Dialogs.Add(dialog.Message);
            await dialog.DismissAsync();
        };
    }
}
