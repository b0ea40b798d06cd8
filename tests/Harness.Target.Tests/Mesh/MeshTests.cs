using System.Net;
using System.Net.Http.Json;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Harness.Chaos.Environments.Mesh;
using Microsoft.AspNetCore.Mvc;

namespace Harness.Target.Tests.Mesh;

/// <summary>What the mesh promises: policies in the sidecar, and a wire that nobody else can read, change or enter.</summary>
public sealed class MeshTests(MeshedServices mesh) : IClassFixture<MeshedServices>, IDisposable
{
    private const string Request = "GET /products/sku-0003 HTTP/1.1\r\nHost: inventory\r\nConnection: close\r\n\r\n";

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public void Dispose() => mesh.Wire.Heal(); // whatever a test did to it and did not come to undo

    [Fact]
    public async Task Prices_an_order_through_two_sidecars_and_counts_the_call_there_alone()
    {
        await PlaceAsync("through-1");

        Assert.True(await mesh.OrdersSidecar.MetricAsync("edge_calls_total{edge=\"orders -> inventory\"}") >= 1);
        Assert.True(await mesh.InventorySidecar.MetricAsync("sidecar_peers_total{outcome=\"let-in\"}") >= 1);
        Assert.DoesNotContain("orders -> inventory", await mesh.Orders.Http.GetStringAsync("/metrics", Ended), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lets_nothing_readable_cross_the_wire()
    {
        await PlaceAsync("unread-1", "sku-0042");
        var wire = mesh.Wire.Seen;
        Assert.True(wire.Length > 1000, "nothing crossed the wire");
        Assert.All(["sku-0042", "/products", "HTTP/1.1", "priceCents"], word => Assert.DoesNotContain(word, wire, StringComparison.OrdinalIgnoreCase));

        // The same tap before the same service without sidecars reads every word.
        await using var plain = new WireTap(mesh.Inventory.Http.BaseAddress!.Port);
        using var http = new HttpClient { BaseAddress = plain.Url };
        await http.GetStringAsync("/products/sku-0042", Ended);
        Assert.All(["sku-0042", "/products", "HTTP/1.1", "priceCents"], word => Assert.Contains(word, plain.Seen, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Holds_the_breaker_in_the_sidecar()
    {
        await PlaceAsync("breaker-1");
        var closedBefore = await TurnsAsync("closed");
        mesh.Wire.Cut();
        await Eventually.TrueAsync(async () =>
        {
            using var refused = await mesh.Orders.Http.SendAsync(OrderSystem.OrderRequest("breaker-2"), Ended);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            return await mesh.OrdersSidecar.MetricAsync("breaker_state{edge=\"orders -> inventory\"}") == 2;
        }, "the breaker is open");
        using var answer = await mesh.ThroughTheMesh.GetAsync("/products/sku-0001", Ended);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(1)), (answer.StatusCode, answer.Headers.RetryAfter!.Delta));
        Assert.Equal("orders -> inventory: the breaker is open.", (await answer.Content.ReadFromJsonAsync<ProblemDetails>(Ended))!.Detail);

        mesh.Wire.Heal();
        await PlaceAsync("breaker-2");
        Assert.Equal(closedBefore + 1, await TurnsAsync("closed"));
        Assert.True(await mesh.OrdersSidecar.MetricAsync("edge_retries_total{edge=\"orders -> inventory\"}") > 0);
        await Eventually.TrueAsync(() => Task.FromResult(mesh.OrdersSidecar.Output.Contains("\"State\":\"closed\"", StringComparison.Ordinal)), "the log tells of it");
    }

    [Fact]
    public async Task Ends_the_connection_when_a_byte_was_changed_and_tells_the_service_nothing()
    {
        await PlaceAsync("tampered-1"); // so that the first changed bytes are those of a request, not of a handshake
        var before = await mesh.Inventory.Http.GetStringAsync("/products/sku-0007", Ended);
        mesh.Wire.Tamper();
        using (var changed = await mesh.ThroughTheMesh.PutAsJsonAsync("/products/sku-0007/price", new { priceCents = 4242 }, Ended))
            Assert.Contains(changed.StatusCode, new[] { HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable, HttpStatusCode.GatewayTimeout });

        Assert.Equal(before, await mesh.Inventory.Http.GetStringAsync("/products/sku-0007", Ended));
        mesh.Wire.Heal();
        await PlaceAsync("tampered-2");
        using var unchanged = await mesh.ThroughTheMesh.PutAsJsonAsync("/products/sku-0007/price", new { priceCents = 4242 }, Ended);
        Assert.Equal(HttpStatusCode.OK, unchanged.StatusCode);
        Assert.Contains("4242", await mesh.Inventory.Http.GetStringAsync("/products/sku-0007", Ended), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_a_sidecar_of_the_mesh_and_no_other_end_of_a_connection()
    {
        using var stranger = new MeshAuthority(Directory.CreateTempSubdirectory("target-test-").FullName, TimeProvider.System);
        Assert.Contains("sku-0003", await AskAsync(mesh.Issue("orders")), StringComparison.Ordinal);
        var refusedBefore = await mesh.InventorySidecar.MetricAsync("sidecar_peers_total{outcome=\"refused\"}");

        Assert.Equal("", await AskAsync(null));
        Assert.Equal("", await AskAsync(stranger.Issue("orders")));
        Assert.Equal("", await AskAsync(mesh.Issue("payments"))); // of this mesh, but there is no edge from it
        Assert.Equal(refusedBefore + 3, await mesh.InventorySidecar.MetricAsync("sidecar_peers_total{outcome=\"refused\"}"));
        Assert.DoesNotContain("sku-0003", await AskPlainlyAsync(), StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(stranger.CertificateFile)!, recursive: true);
    }

    /// <summary>Places an order that must be accepted in the end: a breaker that another test opened closes again.</summary>
    private async Task PlaceAsync(string key, string sku = "sku-0001")
    {
        await Eventually.TrueAsync(async () =>
        {
            using var answer = await mesh.Orders.Http.SendAsync(OrderSystem.OrderRequest(key, sku: sku), Ended);
            return answer.StatusCode == HttpStatusCode.Accepted;
        }, "the order is accepted");
    }

    private Task<double> TurnsAsync(string to) => mesh.OrdersSidecar.MetricAsync($"breaker_transitions_total{{edge=\"orders -> inventory\",to=\"{to}\"}}");

    /// <summary>What Inventory's sidecar answers to whoever shows this identity; empty when it ends the connection.</summary>
    private async Task<string> AskAsync(string? identity)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(mesh.Inbound, Ended);
        using var certificate = identity is null ? null : X509Certificate2.CreateFromPemFile(identity);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = "inventory.order-system.internal",
            ClientCertificateContext = certificate is null ? null : SslStreamCertificateContext.Create(certificate, null, offline: true),
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null, // it is the other side that is asked whether it trusts
        };
        try
        {
            await using var encrypted = new SslStream(socket.GetStream());
            await encrypted.AuthenticateAsClientAsync(options, Ended);
            await encrypted.WriteAsync(Encoding.ASCII.GetBytes(Request), Ended);
            return await ReadAsync(encrypted);
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            return "";
        }
    }

    private async Task<string> AskPlainlyAsync()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(mesh.Inbound, Ended);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Request), Ended);
        try
        {
            return await ReadAsync(socket.GetStream());
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static async Task<string> ReadAsync(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return await reader.ReadToEndAsync(Ended).WaitAsync(TimeSpan.FromSeconds(60), Ended);
    }
}
