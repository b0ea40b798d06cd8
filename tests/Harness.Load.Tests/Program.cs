using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Harness.Load.Bench;
using Harness.Load.Tests;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// Run with `generate`, the test program is a load generator of its own, for tests that stop a whole process.
if (args is ["generate", var rate, var seconds])
{
    return await StoppableGenerator.RunAsync(
        double.Parse(rate, CultureInfo.InvariantCulture), TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)));
}

// Run with `origin`, it is a server that prints its port and ends with whoever started it.
if (args is ["origin"])
{
    using var listening = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    listening.Bind(new IPEndPoint(IPAddress.Loopback, 0));
    listening.Listen(128); // Before its port is known: whoever reads that connects at once.
    Console.WriteLine(((IPEndPoint)listening.LocalEndPoint!).Port);
    _ = Task.Run(() => MinimalOrigin.Run(listening));
    await Console.In.ReadLineAsync();
    return 0;
}

return args.Any(arg => arg is "--server" or "--internal-msbuild-node")
    ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await ConsoleRunner.Run(args);
