using System.Runtime.InteropServices;
using Descent.App.Output;

namespace Descent.App;

static class Program
{
    static int Main(string[] arguments)
    {
        using var cancellation = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        using var termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
        return CommandLine.Run(arguments, Terminal.OfProcess(), cancellation.Token);

        // The first signal asks for a clean end; a second one is left to the system, which ends the process at once.
        void Cancel(PosixSignalContext signal)
        {
            signal.Cancel = !cancellation.IsCancellationRequested;
            cancellation.Cancel();
        }
    }
}
