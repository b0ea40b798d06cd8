using Microsoft.Playwright;

namespace Harness.Reports.Tests;

/// <summary>The machine's own Chromium, started once for all tests of pages.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Find() is not { } executable)
            return;

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = executable,
            Args = Environment.IsPrivilegedProcess ? ["--no-sandbox"] : [],
        });
    }

    /// <summary>Skips the calling test where there is no browser; with CI=true fails it.</summary>
    public IBrowser Browser()
    {
        const string Missing = "No Chromium on the PATH. Install one: apt-get install chromium";
        if (_browser is null)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", Missing);
            Assert.Skip(Missing);
        }

        return _browser;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    private static string? Find() =>
        (from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
         from name in Names
         let path = Path.Combine(folder, OperatingSystem.IsWindows() ? $"{name}.exe" : name)
         where File.Exists(path)
         select path).FirstOrDefault();
}
