using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Harness.Target.Tests;

/// <summary>The program as a process: how it starts and how it ends.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("target-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Refuses_bad_words_with_exit_code_2()
    {
        var (exitCode, output) = await ServiceProcess.RunAsync("--service", "nonsense");
        Assert.Equal(2, exitCode);
        Assert.Contains("--service", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_port_that_somebody_else_has()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var (exitCode, output) = await ServiceProcess.RunAsync("--service", "payments", "--urls", $"http://{taken.LocalEndpoint}", "--data", _folder, "--redis", "127.0.0.1:1");
        Assert.Equal(2, exitCode);
        Assert.Contains("address already in use", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_data_folder_that_is_a_file()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        var (exitCode, output) = await ServiceProcess.RunAsync("--service", "payments", "--urls", $"http://127.0.0.1:{FreePort.Next()}", "--data", file, "--redis", "127.0.0.1:1");
        Assert.Equal(2, exitCode);
        Assert.Contains(file, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ends_when_its_standard_input_does()
    {
        await using var service = await ServiceProcess.StartAsync("payments", _folder, redisPort: 1);
        var watch = Stopwatch.StartNew();
        service.CloseStdin();
        Assert.Equal(0, await service.WaitForExitAsync());
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Ends_cleanly_when_it_is_told_to_terminate()
    {
        await using var service = await ServiceProcess.StartAsync("payments", _folder, redisPort: 1);
        service.Terminate();
        Assert.Equal(0, await service.WaitForExitAsync());
    }

    [Fact]
    public async Task Is_ready_and_says_so_while_Redis_is_away()
    {
        await using var service = await ServiceProcess.StartAsync("inventory", _folder, redisPort: 1);
        Assert.Equal("""{"status":"ready","parts":{"store":"open","redis":"away"}}""", await service.Http.GetStringAsync("/health/ready", TestContext.Current.CancellationToken));
        Assert.Contains("sku-0001", await service.Http.GetStringAsync("/products/sku-0001", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("""{"atRest":false,"pending":0,"unpublished":0,"undelivered":-1}""", await service.Http.GetStringAsync("/audit/rest", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Listens_on_no_other_address_than_it_was_given()
    {
        await using var service = await ServiceProcess.StartAsync("payments", _folder, redisPort: 1);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var refused = await Assert.ThrowsAsync<SocketException>(() => socket.ConnectAsync(IPAddress.Parse("127.0.0.2"), service.Http.BaseAddress!.Port, TestContext.Current.CancellationToken).AsTask());
        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
    }
}
