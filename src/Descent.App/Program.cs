using System.Runtime.InteropServices;
using Descent.App.Output;

namespace Descent.App;

static class Program
{
    const string ShowCursor = "\e[?25h\n";

    static int Main(string[] arguments)
    {
        var terminal = Terminal.OfProcess();
        using var cancellation = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        using var termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
        return CommandLine.Run(arguments, terminal, cancellation.Token);

        // The first signal asks for a clean end; a second one is left to the system, which ends the process at once.
        void Cancel(PosixSignalContext signal)
        {
            signal.Cancel = !cancellation.IsCancellationRequested;
            if (!signal.Cancel && terminal.CanPaint)
            {
                // What was being drawn has hidden the cursor.
                terminal.Out.Write(ShowCursor);
            }

            cancellation.Cancel();
        }
    }
}
